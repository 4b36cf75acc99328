import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { InterpolationFunction, TimingFunction } from '../tweening/types';
import { CachedContext } from './DependencyContext';
import { DEFAULT } from './symbols';
import type { SignalExtensions, SignalGenerator, SignalGetter, SignalSetter, SignalTween, SignalValue } from './types';
/** A signal: call it to read, with a value to set, with a value and seconds to tween. */
export type Signal<TSetterValue, TValue extends TSetterValue, TOwner = void, TContext = SignalContext<TSetterValue, TValue, TOwner>> = SignalSetter<TSetterValue, TOwner> & SignalGetter<TValue> & SignalTween<TSetterValue, TValue> & {
    /** Puts back the initial value, if there is one. */
    reset(): TOwner;
    /** Replaces a reactive value by its present result. */
    save(): TOwner;
    /** Whether the raw value is still the initial one. */
    isInitial(): boolean;
    /** Resolves once every resource the value depends on has loaded. */
    toPromise(): Promise<unknown>;
    context: TContext;
};
export type SimpleSignal<TValue, TReturn = void> = Signal<TValue, TValue, TReturn>;
/** Makes a value when it is asked for: the same one until it is told otherwise. */
export interface ValueMaker<TValue> {
    make(): TValue;
}
/** Holds a signal's value, its parser and its interpolation. */
export declare class SignalContext<TSetterValue, TValue extends TSetterValue = TSetterValue, TOwner = void> extends CachedContext<TValue, TOwner> {
    protected initial: SignalValue<TSetterValue> | undefined;
    protected readonly interpolation: InterpolationFunction<TValue>;
    protected parser: ((value: TSetterValue) => TValue) | null;
    readonly extensions: Partial<SignalExtensions<TSetterValue, TValue>> | null;
    /** The value as it was set: parsed unless reactive. */
    protected current: SignalValue<TSetterValue> | undefined;
    /** Where the host reads the value, as long as it is a number; −1 for nowhere. */
    $$slot: number;
    /** The first of the slots that the host reads together. */
    $$firstSlot: number;
    /** What makes the value once it is read. */
    private $$maker;
    private tweening;
    private invokable;
    constructor(initial: SignalValue<TSetterValue> | undefined, interpolation?: InterpolationFunction<TValue>, owner?: TOwner, parser?: ((value: TSetterValue) => TValue) | null, extensions?: Partial<SignalExtensions<TSetterValue, TValue>> | null);
    /** The callable that users hold; always the same one. */
    toSignal(): Signal<TSetterValue, TValue, TOwner>;
    /** What a call of the signal does. */
    protected invoke(value?: SignalValue<TSetterValue> | typeof DEFAULT, duration?: number, timing?: TimingFunction, interpolation?: InterpolationFunction<TValue>): TValue | TOwner | SignalGenerator<TSetterValue, TValue>;
    /** Converts a set value to what reading yields. */
    parse(value: TSetterValue): TValue;
    /** Reads the value, through the extensions. */
    get(): TValue;
    /** Sets the value, through the extensions. */
    set(value: SignalValue<TSetterValue> | typeof DEFAULT): TOwner;
    /** Sets the value as such. Setting the identical raw value does nothing. */
    setter(value: SignalValue<TSetterValue> | typeof DEFAULT): TOwner;
    /** Tells that another value has been set: to the host by its slot, if it has one. */
    private $$announce;
    /** Whether setting a value calls nothing of the user's. */
    $$isSetPlainly(): boolean;
    /** Whether reading a value calls nothing of the user's but the function of a reactive one. */
    $$isReadPlainly(): boolean;
    /** Whether {@link last} is the value. */
    $$isFresh(): boolean;
    /** What parses the values that are set; null if they are stored as they are. */
    $$ownParser(): ((value: TSetterValue) => TValue) | null;
    /** Whether values are stored as they are set. */
    $$isUnparsed(): boolean;
    /** Whether a value that has been read can be set without calling anything of the user's. */
    $$isKeptPlainly(): boolean;
    /** The contexts of the components, of a compound signal. */
    $$componentContexts(): [key: PropertyKey, context: SignalContext<any, any, any>][] | null;
    /**
     * Sets a number that was parsed to `value`, if nobody but the host is told of it, so that none of the
     * user's code can run. Returns whether it did.
     */
    $$putQuietly(raw: TValue, value: TValue): boolean;
    /** Sets a value that the host knows and that is made if it is read, if nobody is told of it. Returns whether it did. */
    $$putMakerQuietly(maker: ValueMaker<TValue>): boolean;
    /** Reads the value as such. An error in a reactive value is logged and the former value kept. */
    getter(): TValue;
    /** The task that tweens as such. */
    tweener(value: SignalValue<TSetterValue> | typeof DEFAULT, duration: number, timingFunction: TimingFunction, interpolationFunction: InterpolationFunction<TValue>): ThreadGenerator;
    /** A chainable tween task. */
    $$createTask(value: SignalValue<TSetterValue> | typeof DEFAULT, duration: number, timingFunction?: TimingFunction, interpolationFunction?: InterpolationFunction<TValue>): SignalGenerator<TSetterValue, TValue>;
    /** The task of a tweener other than this class's own; null if there is none. */
    $$customTween(value: SignalValue<TSetterValue> | typeof DEFAULT, duration: number, timingFunction: TimingFunction, interpolationFunction: InterpolationFunction<TValue>): ThreadGenerator | null;
    /** What a tween to `value` ends with. */
    $$target(value: SignalValue<TSetterValue> | typeof DEFAULT): SignalValue<TSetterValue>;
    $$beginTween(): void;
    $$endTween(): void;
    reset(): TOwner;
    save(): TOwner;
    isInitial(): boolean;
    getInitial(): SignalValue<TSetterValue> | undefined;
    /** The value as it was set: the function itself for a reactive value. */
    raw(): SignalValue<TSetterValue> | undefined;
    isTweening(): boolean;
    toPromise(): Promise<this>;
    markDirty(): void;
    dispose(): void;
    /** Makes the value that was put there to be made. */
    private $$make;
    /** What computes a reactive value. */
    private $$computation;
}

import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { InterpolationFunction, TimingFunction } from '../tweening/types';
import { DependencyContext } from './DependencyContext';
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
/** Holds a signal's value, its parser and its interpolation. */
export declare class SignalContext<TSetterValue, TValue extends TSetterValue = TSetterValue, TOwner = void> extends DependencyContext<TOwner> {
    protected initial: SignalValue<TSetterValue> | undefined;
    protected readonly interpolation: InterpolationFunction<TValue>;
    protected parser: ((value: TSetterValue) => TValue) | null;
    protected extensions: Partial<SignalExtensions<TSetterValue, TValue>> | null;
    /** The value as it was set: parsed unless reactive. */
    protected current: SignalValue<TSetterValue> | undefined;
    private last;
    private state;
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
    /** Reads the value as such. An error in a reactive value is logged and the former value kept. */
    getter(): TValue;
    /** The task that tweens as such. */
    tweener(value: SignalValue<TSetterValue> | typeof DEFAULT, duration: number, timingFunction: TimingFunction, interpolationFunction: InterpolationFunction<TValue>): ThreadGenerator;
    /** A chainable tween task. */
    createTask(value: SignalValue<TSetterValue> | typeof DEFAULT, duration: number, timingFunction?: TimingFunction, interpolationFunction?: InterpolationFunction<TValue>): SignalGenerator<TSetterValue, TValue>;
    /** The task of a tweener other than this class's own; null if there is none. */
    customTween(value: SignalValue<TSetterValue> | typeof DEFAULT, duration: number, timingFunction: TimingFunction, interpolationFunction: InterpolationFunction<TValue>): ThreadGenerator | null;
    /** What a tween to `value` ends with. */
    target(value: SignalValue<TSetterValue> | typeof DEFAULT): SignalValue<TSetterValue>;
    beginTween(): void;
    endTween(): void;
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
    private recompute;
}

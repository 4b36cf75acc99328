import type { InterpolationFunction } from '../tweening/types';
import type { DEFAULT as DefaultSymbol } from './symbols';
import { SignalContext } from './SignalContext';
import type { Signal } from './SignalContext';
import type { SignalExtensions, SignalValue } from './types';
/** A signal whose components are signals of their own. */
export type CompoundSignal<TSetterValue, TValue extends TSetterValue, TKeys extends keyof TValue = keyof TValue, TOwner = void, TContext = CompoundSignalContext<TSetterValue, TValue, TKeys, TOwner>> = Signal<TSetterValue, TValue, TOwner, TContext> & {
    [K in TKeys]: Signal<TValue[K], TValue[K], TOwner extends void ? any : TOwner>;
};
/** Composes a value of component signals; the components hold the state. */
export declare class CompoundSignalContext<TSetterValue, TValue extends TSetterValue = TSetterValue, TKeys extends keyof TValue = keyof TValue, TOwner = void> extends SignalContext<TSetterValue, TValue, TOwner> {
    /** The components, by key. */
    readonly signals: [TKeys, Signal<any, any, any>][];
    constructor(entries: (TKeys | [TKeys, Signal<any, any, any>])[], parser: (value: TSetterValue) => TValue, initial: SignalValue<TSetterValue> | undefined, interpolation: InterpolationFunction<TValue>, owner?: TOwner, extensions?: Partial<SignalExtensions<TSetterValue, TValue>> | null);
    toSignal(): CompoundSignal<TSetterValue, TValue, TKeys, TOwner>;
    getter(): TValue;
    setter(value: SignalValue<TSetterValue> | typeof DefaultSymbol): TOwner;
    reset(): TOwner;
    save(): TOwner;
    isInitial(): boolean;
    $$componentContexts(): [key: PropertyKey, context: SignalContext<any, any, any>][];
    /** A value made of the components' raw values; a function if one of them is reactive. */
    raw(): SignalValue<TSetterValue> | undefined;
    dispose(): void;
}

import type { SignalValue } from './types';
/** Whether a signal value is computed by a function. */
export declare function isReactive<TValue>(value: SignalValue<TValue>): value is () => TValue;
/** Applies `modification` to a signal value, keeping it reactive if it was. */
export declare function modify<TFrom, TTo>(value: SignalValue<TFrom>, modification: (value: TFrom) => TTo): SignalValue<TTo>;
/** The current value behind a signal value. */
export declare function unwrap<TValue>(value: SignalValue<TValue>): TValue;

import type {SignalValue} from './types';

/** Whether a signal value is computed by a function. */
export function isReactive<TValue>(value: SignalValue<TValue>): value is () => TValue {
  return typeof value === 'function';
}

/** Applies `modification` to a signal value, keeping it reactive if it was. */
export function modify<TFrom, TTo>(value: SignalValue<TFrom>, modification: (value: TFrom) => TTo): SignalValue<TTo> {
  return isReactive(value) ? () => modification(value()) : modification(value);
}

/** The current value behind a signal value. */
export function unwrap<TValue>(value: SignalValue<TValue>): TValue {
  return isReactive(value) ? value() : value;
}

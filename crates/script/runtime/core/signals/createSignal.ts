import {deepLerp} from '../tweening/interpolationFunctions';
import type {InterpolationFunction} from '../tweening/types';
import {SignalContext} from './SignalContext';
import type {SimpleSignal} from './SignalContext';
import type {SignalValue} from './types';

/** A signal that holds `initial`, or what `initial` computes. */
export function createSignal<TValue, TOwner = void>(
  initial?: SignalValue<TValue>,
  interpolation: InterpolationFunction<TValue> = deepLerp as never,
  owner?: TOwner,
): SimpleSignal<TValue, TOwner> {
  return new SignalContext<TValue, TValue, TOwner>(initial, interpolation, owner as TOwner).toSignal();
}

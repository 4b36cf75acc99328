import type { InterpolationFunction } from '../tweening/types';
import type { SimpleSignal } from './SignalContext';
import type { SignalValue } from './types';
/** A signal that holds `initial`, or what `initial` computes. */
export declare function createSignal<TValue, TOwner = void>(initial?: SignalValue<TValue>, interpolation?: InterpolationFunction<TValue>, owner?: TOwner): SimpleSignal<TValue, TOwner>;

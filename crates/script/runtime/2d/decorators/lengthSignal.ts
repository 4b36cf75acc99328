import {Vector2} from '@revideo/core';
import type {Signal} from '@revideo/core';
import {componentInterpolation, compound, interpolation, parser, signal} from './signal';

/** A length: pixels, a percentage such as `'50%'`, or `null` for automatic. */
export type Length = number | string | null;

/** A pair of lengths; one length stands for both. */
export type PossibleLengths = Length | [Length, Length] | {x: Length; y: Length} | {width: Length; height: Length} | undefined;

/** A pair of lengths that are set as any {@link PossibleLengths} and read as pixels. */
export type LengthsSignal<TOwner = void> = Signal<any, any, TOwner> & {
  x: Signal<Length, any, TOwner>;
  y: Signal<Length, any, TOwner>;
};

/** Both lengths of a pair: a vector if both are numbers. */
export function parseLengths(value: PossibleLengths): {x: Length; y: Length} {
  let x: Length;
  let y: Length;
  if (value === null || value === undefined) x = y = null;
  else if (typeof value !== 'object') x = y = value;
  else if (Array.isArray(value)) [x, y] = value;
  else if ('x' in value) ({x, y} = value);
  else ({width: x, height: y} = value);
  x ??= null;
  y ??= null;
  return typeof x === 'number' && typeof y === 'number' ? new Vector2(x, y) : {x, y};
}

/** A pair of lengths with a prop for each. */
export function lengthsSignal(entries: {x: string; y: string}): PropertyDecorator {
  return (target, key) => {
    signal()(target, key);
    parser(parseLengths)(target, key);
    compound(entries)(target, key);
    interpolation(lerpLengths as any)(target, key);
    componentInterpolation(lerpLength as any)(target, key);
  };
}

/** Numbers blend; anything else jumps at the end. */
export function lerpLength(from: Length, to: Length, value: number): Length {
  if (typeof from === 'number' && typeof to === 'number') return from + (to - from) * value;
  return value < 1 ? from : to;
}

function lerpLengths(from: {x: Length; y: Length}, to: {x: Length; y: Length}, value: number): {x: Length; y: Length} {
  return parseLengths([lerpLength(from.x, to.x, value), lerpLength(from.y, to.y, value)]);
}

import {useLogger} from '../utils/useScene';
import {clamp, map} from './helpers';

export {clamp, clampRemap, map, remap} from './helpers';

/** Interpolates strings: longer ones type in from the left, shorter ones shrink from the right. UTF-16 units. */
export function textLerp(from: string, to: string, value: number): string {
  let text = '';
  if (to.length >= from.length) {
    const done = Math.floor(to.length * value);
    const visible = Math.floor(map(from.length - 1, to.length, value));
    for (let index = 0; index < to.length; index++) {
      if (index < done) text += to[index];
      else if (from[index] || index <= visible) text += from[index] ?? to[index];
    }
    return text;
  }
  const kept = Math.round(from.length * (1 - value));
  const visible = Math.floor(map(from.length + 1, to.length, value));
  for (let index = from.length - 1; index >= 0; index--) {
    if (index < kept) text = from[index] + text;
    else if (to[index] || index < visible) text = (to[index] ?? from[index]) + text;
  }
  return text;
}

/** Switches at one half. */
export function boolLerp<T>(from: T, to: T, value: number): T {
  return value < 0.5 ? from : to;
}

/** Interpolates by kind: numbers, strings, booleans, arrays, objects, maps, anything with a `lerp` method. */
export function deepLerp<TFrom, TTo>(from: TFrom, to: TTo, value: number): TFrom | TTo;
export function deepLerp(from: any, to: any, value: number, suppressWarnings?: boolean): any;
export function deepLerp(from: any, to: any, value: number, suppressWarnings = false): any {
  if (value === 0) return from;
  if (value === 1) return to;
  if (from === undefined || from === null || to === undefined || to === null) {
    if (!suppressWarnings) {
      useLogger().warn({
        message: `Attempting to lerp ${String(from)} -> ${String(to)} may result in unexpected behavior.`,
        stack: new Error().stack,
      });
    }
    return undefined;
  }
  if (typeof from === 'number' && typeof to === 'number') return map(from, to, value);
  if (typeof from === 'string' && typeof to === 'string') return textLerp(from, to, value);
  if (typeof from === 'boolean' && typeof to === 'boolean') return boolLerp(from, to, value);
  if (typeof from.lerp === 'function') return from.lerp(to, value);
  if (Array.isArray(from) && Array.isArray(to)) {
    return from.length === to.length ? from.map((item, index) => deepLerp(item, to[index], value)) : to;
  }
  if (from instanceof Map || to instanceof Map) {
    if (!(from instanceof Map && to instanceof Map)) return to;
    const result = new Map();
    for (const [key, item] of from) {
      const mixed = to.has(key) ? deepLerp(item, to.get(key), value, true) : undefined;
      if (mixed !== undefined) result.set(key, mixed);
    }
    return result;
  }
  if (typeof from === 'object' && typeof to === 'object') {
    const result: any = {};
    for (const key of Object.keys(from)) {
      const mixed = key in to ? deepLerp(from[key], to[key], value, true) : undefined;
      if (mixed !== undefined) result[key] = mixed;
    }
    return result;
  }
  return to;
}

/**
 * A point on a quarter of an ellipse from (0, 0) to (1, 1).
 *
 * @param reverse - whether the arc starts along the other axis.
 * @param ratio - ratio of the sides of the box, to even out the speed.
 */
export function arcLerp(value: number, reverse: boolean, ratio: number): {x: number; y: number} {
  let flip = reverse;
  if (ratio > 1) ratio = 1 / ratio;
  else flip = !flip;
  const normalized = flip ? Math.acos(clamp(-1, 1, 1 - value)) : Math.asin(value);
  const radians = map(normalized, map(0, Math.PI / 2, value), ratio);
  const along = Math.sin(radians);
  const across = 1 - Math.cos(radians);
  return reverse ? {x: across, y: along} : {x: along, y: across};
}

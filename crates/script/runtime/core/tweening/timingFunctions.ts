import {builtIn} from './builtIn';
import {remap} from './helpers';
import type {TimingFunction} from './types';

/** Makes a timing function of a formula on 0–1. */
function timing(formula: (t: number) => number): TimingFunction {
  return builtIn((value, from = 0, to = 1) => from + (to - from) * formula(value));
}

export const easeInSine: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * (1 - Math.cos((t * Math.PI) / 2));
export const easeOutSine: TimingFunction = (t, from = 0, to = 1) => from + (to - from) * Math.sin((t * Math.PI) / 2);
export const easeInOutSine: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * (-(Math.cos(Math.PI * t) - 1) / 2);

export const easeInQuad: TimingFunction = (t, from = 0, to = 1) => from + (to - from) * (t * t);
export const easeOutQuad: TimingFunction = (t, from = 0, to = 1) => from + (to - from) * (1 - (1 - t) * (1 - t));
export const easeInOutQuad: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * (t < 0.5 ? 2 * t * t : 1 - Math.pow(-2 * t + 2, 2) / 2);

export const easeInCubic: TimingFunction = (t, from = 0, to = 1) => from + (to - from) * (t * t * t);
export const easeOutCubic: TimingFunction = (t, from = 0, to = 1) => from + (to - from) * (1 - Math.pow(1 - t, 3));
export const easeInOutCubic: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * (t < 0.5 ? 4 * t * t * t : 1 - Math.pow(-2 * t + 2, 3) / 2);

export const easeInQuart: TimingFunction = (t, from = 0, to = 1) => from + (to - from) * (t * t * t * t);
export const easeOutQuart: TimingFunction = (t, from = 0, to = 1) => from + (to - from) * (1 - Math.pow(1 - t, 4));
export const easeInOutQuart: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * (t < 0.5 ? 8 * t * t * t * t : 1 - Math.pow(-2 * t + 2, 4) / 2);

export const easeInQuint: TimingFunction = (t, from = 0, to = 1) => from + (to - from) * (t * t * t * t * t);
export const easeOutQuint: TimingFunction = (t, from = 0, to = 1) => from + (to - from) * (1 - Math.pow(1 - t, 5));
export const easeInOutQuint: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * (t < 0.5 ? 16 * t * t * t * t * t : 1 - Math.pow(-2 * t + 2, 5) / 2);

export const easeInExpo: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * (t === 0 ? 0 : Math.pow(2, 10 * t - 10));
export const easeOutExpo: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * (t === 1 ? 1 : 1 - Math.pow(2, -10 * t));
export const easeInOutExpo: TimingFunction = timing(t => {
  if (t === 0 || t === 1) return t;
  return t < 0.5 ? Math.pow(2, 20 * t - 10) / 2 : (2 - Math.pow(2, -20 * t + 10)) / 2;
});

export const easeInCirc: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * (1 - Math.sqrt(1 - Math.pow(t, 2)));
export const easeOutCirc: TimingFunction = (t, from = 0, to = 1) =>
  from + (to - from) * Math.sqrt(1 - Math.pow(t - 1, 2));
export const easeInOutCirc: TimingFunction = timing(t =>
  t < 0.5 ? (1 - Math.sqrt(1 - Math.pow(2 * t, 2))) / 2 : (Math.sqrt(1 - Math.pow(-2 * t + 2, 2)) + 1) / 2,
);

/** Ease-in that first draws back; `s` is the overshoot. */
export function createEaseInBack(s = 1.70158): TimingFunction {
  return timing(t => (s + 1) * t * t * t - s * t * t);
}

/** Ease-out that overshoots; `s` is the overshoot. */
export function createEaseOutBack(s = 1.70158): TimingFunction {
  return timing(t => 1 + (s + 1) * Math.pow(t - 1, 3) + s * Math.pow(t - 1, 2));
}

/** Both; the overshoot is `s * v`. */
export function createEaseInOutBack(s = 1.70158, v = 1.525): TimingFunction {
  const k = s * v;
  return timing(t =>
    t < 0.5
      ? (Math.pow(2 * t, 2) * ((k + 1) * 2 * t - k)) / 2
      : (Math.pow(2 * t - 2, 2) * ((k + 1) * (t * 2 - 2) + k) + 2) / 2,
  );
}

/** Ease-in like a rubber band; `s` is the angular speed. */
export function createEaseInElastic(s = 2.094395): TimingFunction {
  return timing(t => (t === 0 || t === 1 ? t : -Math.pow(2, 10 * t - 10) * Math.sin((t * 10 - 10.75) * s)));
}

/** Ease-out like a rubber band; `s` is the angular speed. */
export function createEaseOutElastic(s = 2.094395): TimingFunction {
  return timing(t => (t === 0 || t === 1 ? t : Math.pow(2, -10 * t) * Math.sin((t * 10 - 0.75) * s) + 1));
}

/** Both; `s` is the angular speed. */
export function createEaseInOutElastic(s = 1.39626): TimingFunction {
  return timing(t => {
    if (t === 0 || t === 1) return t;
    const swing = Math.sin((20 * t - 11.125) * s);
    return t < 0.5 ? -(Math.pow(2, 20 * t - 10) * swing) / 2 : (Math.pow(2, -20 * t + 10) * swing) / 2 + 1;
  });
}

/** 1.505, not 1.5, in the second arc: observed behaviour of the reference. */
function bounce(t: number, n: number, d: number): number {
  if (t < 1 / d) return n * t * t;
  if (t < 2 / d) return n * (t - 1.505 / d) * (t - 1.505 / d) + 0.75;
  if (t < 2.5 / d) return n * (t - 2.25 / d) * (t - 2.25 / d) + 0.9375;
  return n * (t - 2.625 / d) * (t - 2.625 / d) + 0.984375;
}

/**
 * Ease-in like a bouncing ball; `n` is its steepness, `d` the inverse of the length of a bounce.
 *
 * Other ranges than 0–1 are mapped before the curve is turned round, not after, as in the reference.
 */
export function createEaseInBounce(n = 7.5625, d = 2.75): TimingFunction {
  const out = createEaseOutBounce(n, d);
  return builtIn((value, from = 0, to = 1) => 1 - out(1 - value, from, to));
}

/** Ease-out like a bouncing ball. */
export function createEaseOutBounce(n = 7.5625, d = 2.75): TimingFunction {
  return timing(t => bounce(t, n, d));
}

/** Both; ranges as in {@link createEaseInBounce}. */
export function createEaseInOutBounce(n = 7.5625, d = 2.75): TimingFunction {
  const out = createEaseOutBounce(n, d);
  return builtIn((value, from = 0, to = 1) =>
    value < 0.5 ? (1 - out(1 - 2 * value, from, to)) / 2 : (1 + out(2 * value - 1, from, to)) / 2,
  );
}

export const easeInBack: TimingFunction = createEaseInBack();
export const easeOutBack: TimingFunction = createEaseOutBack();
export const easeInOutBack: TimingFunction = createEaseInOutBack();
export const easeInElastic: TimingFunction = createEaseInElastic();
export const easeOutElastic: TimingFunction = createEaseOutElastic();
export const easeInOutElastic: TimingFunction = createEaseInOutElastic();
export const easeInBounce: TimingFunction = createEaseInBounce();
export const easeOutBounce: TimingFunction = createEaseOutBounce();
export const easeInOutBounce: TimingFunction = createEaseInOutBounce();

export const linear: TimingFunction = (value, from = 0, to = 1) => from + (to - from) * value;

/** Sine of `value` radians, moved from −1…1 to the range. */
export const sin: TimingFunction = (value, from = 0, to = 1) => remap(-1, 1, from, to, Math.sin(value));

/** Cosine of `value` radians, moved from −1…1 to the range. */
export const cos: TimingFunction = (value, from = 0, to = 1) => remap(-1, 1, from, to, Math.cos(value));

for (const curve of [
  easeInSine,
  easeOutSine,
  easeInOutSine,
  easeInQuad,
  easeOutQuad,
  easeInOutQuad,
  easeInCubic,
  easeOutCubic,
  easeInOutCubic,
  easeInQuart,
  easeOutQuart,
  easeInOutQuart,
  easeInQuint,
  easeOutQuint,
  easeInOutQuint,
  easeInExpo,
  easeOutExpo,
  easeInCirc,
  easeOutCirc,
  linear,
  sin,
  cos,
]) {
  builtIn(curve);
}

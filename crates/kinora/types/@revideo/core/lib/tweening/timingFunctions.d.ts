import type { TimingFunction } from './types';
export declare const easeInSine: TimingFunction;
export declare const easeOutSine: TimingFunction;
export declare const easeInOutSine: TimingFunction;
export declare const easeInQuad: TimingFunction;
export declare const easeOutQuad: TimingFunction;
export declare const easeInOutQuad: TimingFunction;
export declare const easeInCubic: TimingFunction;
export declare const easeOutCubic: TimingFunction;
export declare const easeInOutCubic: TimingFunction;
export declare const easeInQuart: TimingFunction;
export declare const easeOutQuart: TimingFunction;
export declare const easeInOutQuart: TimingFunction;
export declare const easeInQuint: TimingFunction;
export declare const easeOutQuint: TimingFunction;
export declare const easeInOutQuint: TimingFunction;
export declare const easeInExpo: TimingFunction;
export declare const easeOutExpo: TimingFunction;
export declare const easeInOutExpo: TimingFunction;
export declare const easeInCirc: TimingFunction;
export declare const easeOutCirc: TimingFunction;
export declare const easeInOutCirc: TimingFunction;
/** Ease-in that first draws back; `s` is the overshoot. */
export declare function createEaseInBack(s?: number): TimingFunction;
/** Ease-out that overshoots; `s` is the overshoot. */
export declare function createEaseOutBack(s?: number): TimingFunction;
/** Both; the overshoot is `s * v`. */
export declare function createEaseInOutBack(s?: number, v?: number): TimingFunction;
/** Ease-in like a rubber band; `s` is the angular speed. */
export declare function createEaseInElastic(s?: number): TimingFunction;
/** Ease-out like a rubber band; `s` is the angular speed. */
export declare function createEaseOutElastic(s?: number): TimingFunction;
/** Both; `s` is the angular speed. */
export declare function createEaseInOutElastic(s?: number): TimingFunction;
/**
 * Ease-in like a bouncing ball; `n` is its steepness, `d` the inverse of the length of a bounce.
 *
 * Other ranges than 0–1 are mapped before the curve is turned round, not after, as in the reference.
 */
export declare function createEaseInBounce(n?: number, d?: number): TimingFunction;
/** Ease-out like a bouncing ball. */
export declare function createEaseOutBounce(n?: number, d?: number): TimingFunction;
/** Both; ranges as in {@link createEaseInBounce}. */
export declare function createEaseInOutBounce(n?: number, d?: number): TimingFunction;
export declare const easeInBack: TimingFunction;
export declare const easeOutBack: TimingFunction;
export declare const easeInOutBack: TimingFunction;
export declare const easeInElastic: TimingFunction;
export declare const easeOutElastic: TimingFunction;
export declare const easeInOutElastic: TimingFunction;
export declare const easeInBounce: TimingFunction;
export declare const easeOutBounce: TimingFunction;
export declare const easeInOutBounce: TimingFunction;
export declare const linear: TimingFunction;
/** Sine of `value` radians, moved from −1…1 to the range. */
export declare const sin: TimingFunction;
/** Cosine of `value` radians, moved from −1…1 to the range. */
export declare const cos: TimingFunction;

/** The value at `t` between `from` and `to`, not clamped. */
export declare function map(from: number, to: number, t: number): number;
/** Moves a value from one range to another, not clamped. */
export declare function remap(fromIn: number, toIn: number, fromOut: number, toOut: number, value: number): number;
/** Limits a value to a range. */
export declare function clamp(min: number, max: number, value: number): number;
/** Moves a value from one range to another and limits it to the latter. */
export declare function clampRemap(fromIn: number, toIn: number, fromOut: number, toOut: number, value: number): number;

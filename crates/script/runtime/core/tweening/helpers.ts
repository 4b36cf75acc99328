/** The value at `t` between `from` and `to`, not clamped. */
export function map(from: number, to: number, t: number): number {
  return from + (to - from) * t;
}

/** Moves a value from one range to another, not clamped. */
export function remap(fromIn: number, toIn: number, fromOut: number, toOut: number, value: number): number {
  return fromOut + ((value - fromIn) * (toOut - fromOut)) / (toIn - fromIn);
}

/** Limits a value to a range. */
export function clamp(min: number, max: number, value: number): number {
  return value < min ? min : value > max ? max : value;
}

/** Moves a value from one range to another and limits it to the latter. */
export function clampRemap(fromIn: number, toIn: number, fromOut: number, toOut: number, value: number): number {
  const mapped = remap(fromIn, toIn, fromOut, toOut, value);
  return fromOut > toOut ? clamp(toOut, fromOut, mapped) : clamp(fromOut, toOut, mapped);
}

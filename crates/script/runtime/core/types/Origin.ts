import {Vector2} from './Vector';
import {Center, Direction} from './alignment';
import type {Origin} from './alignment';

export * from './alignment';

/** Mirrors an origin, along both axes unless one is given. */
export function flipOrigin(origin: Direction, axis?: Center): Direction;
export function flipOrigin(origin: Origin, axis?: Center): Origin;
export function flipOrigin(origin: Origin | Direction, axis?: Center): Origin | Direction {
  let flipped: number = origin;
  if (axis === undefined || axis === Center.Horizontal) {
    if (flipped & (Direction.Left | Direction.Right)) flipped ^= Direction.Left | Direction.Right;
  }
  if (axis === undefined || axis === Center.Vertical) {
    if (flipped & (Direction.Top | Direction.Bottom)) flipped ^= Direction.Top | Direction.Bottom;
  }
  return flipped;
}

/** An origin as a point of the box from −1 to 1. */
export function originToOffset(origin: Origin | Direction): Vector2 {
  return Vector2.fromOrigin(origin);
}

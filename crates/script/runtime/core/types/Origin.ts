import {Vector2} from './Vector';

export enum Center {
  Vertical = 1,
  Horizontal = 2,
}

export enum Direction {
  Top = 4,
  Bottom = 8,
  Left = 16,
  Right = 32,
}

export enum Origin {
  Middle = 3,
  Top = 5,
  Bottom = 9,
  Left = 18,
  Right = 34,
  TopLeft = 20,
  TopRight = 36,
  BottomLeft = 24,
  BottomRight = 40,
}

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
  const x = origin & Direction.Left ? -1 : origin & Direction.Right ? 1 : 0;
  const y = origin & Direction.Top ? -1 : origin & Direction.Bottom ? 1 : 0;
  return new Vector2(x, y);
}

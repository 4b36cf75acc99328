import {Vector2} from '@revideo/core';
import {PathCommand} from './pathCommand';

/** A point of a spline with its handles, all in the spline's space. */
export interface KnotInfo {
  position: Vector2;
  startHandle: Vector2;
  endHandle: Vector2;
  /** How much of each handle is found from the neighbours, 0 to 1. */
  auto: {start: number; end: number};
}

/** A smooth curve through knots as path commands. */
export function splinePath(knots: readonly KnotInfo[], smoothness: number, closed: boolean): number[] {
  const count = knots.length;
  if (count < 2) return [];
  const handles = knots.map((knot, index) =>
    withAutoHandles(knot, knots[(index + count - 1) % count], knots[(index + 1) % count], smoothness),
  );
  const first = handles[0];
  const path: number[] = [PathCommand.Move, first.position.x, first.position.y];
  for (let index = 0; index < count - 1; index++) {
    const from = handles[index];
    const to = handles[index + 1];
    // The ends of an open curve have a neighbour on one side only.
    if (!closed && count > 2 && index === 0 && isAuto(knots[0])) quad(path, to.startHandle, to.position);
    else if (!closed && count > 2 && index === count - 2 && isAuto(knots[count - 1])) quad(path, from.endHandle, to.position);
    else cubic(path, from.endHandle, to.startHandle, to.position);
  }
  if (closed) {
    cubic(path, handles[count - 1].endHandle, first.startHandle, first.position);
    path.push(PathCommand.Close);
  }
  return path;
}

function withAutoHandles(knot: KnotInfo, previous: KnotInfo, next: KnotInfo, smoothness: number): KnotInfo {
  const {position, auto} = knot;
  const before = position.sub(previous.position).magnitude;
  const after = next.position.sub(position).magnitude;
  const whole = before + after;
  const start = whole === 0 ? 0 : (smoothness * before) / whole;
  const end = smoothness - start;
  const direction = next.position.sub(previous.position);
  return {
    ...knot,
    startHandle: knot.startHandle.lerp(position.sub(direction.scale(start)), auto.start),
    endHandle: knot.endHandle.lerp(position.add(direction.scale(end)), auto.end),
  };
}

function isAuto(knot: KnotInfo): boolean {
  return knot.auto.start === 1 && knot.auto.end === 1;
}

function quad(path: number[], control: Vector2, to: Vector2): void {
  path.push(PathCommand.Quad, control.x, control.y, to.x, to.y);
}

function cubic(path: number[], first: Vector2, second: Vector2, to: Vector2): void {
  path.push(PathCommand.Cubic, first.x, first.y, second.x, second.y, to.x, to.y);
}

import {Vector2} from '@revideo/core';

/**
 * Makes two lists of points equally long, so that they can blend one by one.
 *
 * The shorter one gets points in the middle of its longest pieces; its form stays the same. A closed
 * target is then turned round, and run through backwards, to where the points have the least way to go.
 */
export function matchPoints(from: Vector2[], to: Vector2[], closed: boolean): [Vector2[], Vector2[]] {
  if (from.length === 0) from = [to[0] ?? Vector2.zero];
  if (to.length === 0) to = [from[0]];
  const count = Math.max(from.length, to.length);
  const start = refine(from, count, closed);
  const end = refine(to, count, closed);
  return [start, closed ? nearest(start, end) : end];
}

function refine(points: Vector2[], count: number, closed: boolean): Vector2[] {
  const refined = [...points];
  while (refined.length < count) {
    const pieces = refined.length - (closed && refined.length > 1 ? 0 : 1);
    let longest = 0;
    let length = -1;
    for (let index = 0; index < pieces; index++) {
      const next = refined[(index + 1) % refined.length];
      const distance = next.sub(refined[index]).squaredMagnitude;
      if (distance > length) {
        length = distance;
        longest = index;
      }
    }
    const next = refined[(longest + 1) % refined.length];
    refined.splice(longest + 1, 0, refined[longest].lerp(next, 0.5));
  }
  return refined;
}

function nearest(from: Vector2[], to: Vector2[]): Vector2[] {
  let best = to;
  let shortest = Infinity;
  for (const candidate of [to, [...to].reverse()]) {
    for (let turn = 0; turn < candidate.length; turn++) {
      let way = 0;
      for (let index = 0; index < from.length && way < shortest; index++) {
        way += from[index].sub(candidate[(index + turn) % candidate.length]).squaredMagnitude;
      }
      if (way >= shortest) continue;
      shortest = way;
      best = [...candidate.slice(turn), ...candidate.slice(0, turn)];
    }
  }
  return best;
}

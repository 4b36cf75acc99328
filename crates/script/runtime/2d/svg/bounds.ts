import {PATH_COORDINATES} from '../curves/pathCommand';

/** A box: left, top, width and height. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** The box of points: x, y, x, y, … */
export function boxOf(points: readonly number[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at + 1 < points.length; at += 2) {
    left = Math.min(left, points[at]);
    right = Math.max(right, points[at]);
    top = Math.min(top, points[at + 1]);
    bottom = Math.max(bottom, points[at + 1]);
  }
  return left <= right ? [left, top, right - left, bottom - top] : [0, 0, 0, 0];
}

/** The box of a path given by its commands: of its curves, not of what pulls at them. */
export function boxOfPath(commands: readonly number[]): Box {
  const points: number[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < commands.length; ) {
    const count = PATH_COORDINATES[commands[at]];
    const to = commands.slice(at + 1, at + 1 + count);
    const along = (axis: number) => [axis === 0 ? x : y, ...to.filter((_, index) => index % 2 === axis)];
    const [across, down] = [along(0), along(1)];
    for (const t of [...turns(across), ...turns(down), 1]) {
      if (count > 0) points.push(bezier(across, t), bezier(down, t));
    }
    if (count > 0) [x, y] = to.slice(-2);
    at += count + 1;
  }
  return boxOf(points);
}

/** Where on a curve it turns back, along one axis. */
function turns(points: number[]): number[] {
  if (points.length < 3) return [];
  const [p0, p1, p2, p3] = points;
  const found =
    points.length === 3
      ? [(p0 - p1) / (p0 - 2 * p1 + p2)]
      : roots(p3 - 3 * p2 + 3 * p1 - p0, 2 * (p2 - 2 * p1 + p0), p1 - p0);
  return found.filter(t => t > 0 && t < 1);
}

/** Where `a·t² + b·t + c` is 0. */
function roots(a: number, b: number, c: number): number[] {
  if (Math.abs(a) < 1e-12) return [-c / b];
  const root = Math.sqrt(b * b - 4 * a * c);
  return [(-b + root) / (2 * a), (-b - root) / (2 * a)];
}

function bezier(points: number[], t: number): number {
  let row = points;
  while (row.length > 1) row = row.slice(1).map((next, index) => row[index] + (next - row[index]) * t);
  return row[0];
}

import {PATH_COORDINATES, PathCommand} from './pathCommand';

type Point = readonly [x: number, y: number];

/** A part of a path that is drawn in one go. */
interface Subpath {
  /** Each segment's points, from where it begins. */
  segments: Point[][];
  isClosed: boolean;
}

/** The longest piece of an outline that moves as one, in pixels. */
const PRECISION = 5;
/** Points that one outline is cut into at most. */
const MOST = 20_000;
/** How many ways of turning an outline are tried at most. */
const MOST_TURNS = 500;

/**
 * The way from one path to another: both as lines between as many points, which move straight.
 *
 * Outlines go to those of the same place in the other path; one too many grows out of a point, or
 * shrinks to one.
 *
 * @returns what is seen at a progress from 0 to 1, as path commands.
 */
export function morph(from: readonly number[], to: readonly number[]): (progress: number) => number[] {
  const [before, after] = [subpaths(from), subpaths(to)];
  const pairs: {start: Point[]; end: Point[]; isClosed: boolean}[] = [];
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const [a, b] = [before[index] ?? pointOf(after[index]), after[index] ?? pointOf(before[index])];
    let [start, end] = [pointsOf(a), pointsOf(b)];
    const count = Math.max(start.length, end.length);
    start = filled(start, count, a.isClosed);
    end = filled(end, count, b.isClosed);
    if (!a.isClosed && b.isClosed) end = fitted(end, start, true);
    else start = fitted(start, end, a.isClosed);
    pairs.push({start: start.map(rounded), end: end.map(rounded), isClosed: a.isClosed || b.isClosed});
  }
  return progress => {
    const path: number[] = [];
    for (const {start, end, isClosed} of pairs) {
      for (let index = 0; index < start.length; index++) {
        const [x, y] = start[index];
        const [toX, toY] = end[index];
        path.push(index === 0 ? PathCommand.Move : PathCommand.Line, x + (toX - x) * progress, y + (toY - y) * progress);
      }
      if (isClosed) path.push(PathCommand.Close);
    }
    return path;
  };
}

function subpaths(path: readonly number[]): Subpath[] {
  const found: Subpath[] = [];
  let segments: Point[][] = [];
  let at: Point = [0, 0];
  let start: Point = [0, 0];
  const end = () => {
    if (segments.length > 0) found.push({segments, isClosed: distance(segments[0][0], at) < 1e-6});
    segments = [];
  };
  for (let index = 0; index < path.length; index += 1 + PATH_COORDINATES[path[index]]) {
    const command = path[index];
    if (command === PathCommand.Move) {
      end();
      at = start = [path[index + 1], path[index + 2]];
    } else if (command === PathCommand.Close) {
      if (distance(at, start) > 1e-6) segments.push([at, start]);
      at = start;
      end();
    } else {
      const points: Point[] = [at];
      for (let place = index + 1; place <= index + PATH_COORDINATES[command]; place += 2) {
        points.push([path[place], path[place + 1]]);
      }
      segments.push(points);
      at = points[points.length - 1];
    }
  }
  end();
  return found;
}

/** An outline that is nothing but the point where another begins. */
function pointOf({segments, isClosed}: Subpath): Subpath {
  const [point] = segments[0];
  return {segments: [[point, point]], isClosed};
}

/** The points of an outline, clockwise; those of a closed one go round once. */
function pointsOf({segments, isClosed}: Subpath): Point[] {
  const isStraight = segments.every(segment => segment.length === 2);
  let points = isStraight ? halved(segments) : spread(segments);
  if (isClosed && points.length > 1) points = points.slice(0, -1);
  let area = 0;
  for (let index = 0; index < points.length; index++) {
    const [ax, ay] = points[index];
    const [bx, by] = points[(index + 1) % points.length];
    area += (ay * bx - ax * by) / 2;
  }
  return area > 0 ? points.reverse() : points;
}

/** The corners of straight lines, and points between those that lie far apart. */
function halved(segments: Point[][]): Point[] {
  const points: Point[] = [segments[0][0]];
  for (const [from, to] of segments) {
    let pieces = 1;
    while (distance(from, to) / pieces > PRECISION && pieces < MOST) pieces *= 2;
    for (let piece = 1; piece <= pieces; piece++) points.push(between(from, to, piece / pieces));
  }
  return points;
}

/** Points at equal distances along curves, their ends included. */
function spread(segments: Point[][]): Point[] {
  const line: Point[] = [segments[0][0]];
  for (const segment of segments) {
    const steps = segment.length === 2 ? 1 : 64;
    for (let step = 1; step <= steps; step++) line.push(pointAt(segment, step / steps));
  }
  const length = lengthOf(line, false);
  const count = Math.min(MOST, Math.max(3, Math.ceil(length / PRECISION)));
  const distances = Array.from({length: count}, (_, index) => (length * index) / (count - 1));
  return along(line, distances);
}

/** A list with points put in at equal distances until it has so many. */
function filled(points: Point[], count: number, isClosed: boolean): Point[] {
  const missing = count - points.length;
  if (missing <= 0) return points;
  const length = lengthOf(points, isClosed);
  const step = length / missing;
  const all: Point[] = [points[0]];
  let passed = 0;
  let next = step / 2;
  for (let index = 1; index < points.length + (isClosed ? 1 : 0); index++) {
    const [from, to] = [points[index - 1], points[index % points.length]];
    const size = distance(from, to);
    while (next <= passed + size && all.length - index < missing) {
      all.push(between(from, to, size === 0 ? 0 : (next - passed) / size));
      next += step;
    }
    if (index < points.length) all.push(to);
    passed += size;
  }
  // Of an outline without a length all points are one.
  while (all.length < count) all.push(all[all.length - 1]);
  return all;
}

/** A list turned, or run through backwards, to where it lies nearest to another. */
function fitted(points: Point[], to: Point[], isClosed: boolean): Point[] {
  const way = (candidate: Point[], turn: number, most: number): number => {
    let sum = 0;
    for (let index = 0; index < to.length && sum < most; index++) {
      const [x, y] = candidate[(index + turn) % candidate.length];
      sum += (x - to[index][0]) ** 2 + (y - to[index][1]) ** 2;
    }
    return sum;
  };
  if (!isClosed) {
    const backwards = points.toReversed();
    return way(backwards, 0, Infinity) < way(points, 0, Infinity) ? backwards : points;
  }
  let best = 0;
  let least = Infinity;
  // Of very many points not every turn is worth the time.
  const step = Math.ceil(points.length / MOST_TURNS);
  for (let turn = 0; turn < points.length; turn += step) {
    const sum = way(points, turn, least);
    if (sum < least) [best, least] = [turn, sum];
  }
  return [...points.slice(best), ...points.slice(0, best)];
}

/** The points at distances along a line, which rise. */
function along(line: Point[], distances: number[]): Point[] {
  const found: Point[] = [];
  let index = 1;
  let passed = 0;
  for (const wanted of distances) {
    while (index < line.length - 1 && passed + distance(line[index - 1], line[index]) < wanted) {
      passed += distance(line[index - 1], line[index]);
      index++;
    }
    const size = distance(line[index - 1], line[index]);
    found.push(between(line[index - 1], line[index], size === 0 ? 0 : Math.min(1, (wanted - passed) / size)));
  }
  return found;
}

function lengthOf(points: Point[], isClosed: boolean): number {
  let length = isClosed ? distance(points[points.length - 1], points[0]) : 0;
  for (let index = 1; index < points.length; index++) length += distance(points[index - 1], points[index]);
  return length;
}

/** A point of a line or of a Bézier curve. */
function pointAt(points: readonly Point[], at: number): Point {
  let level = points;
  while (level.length > 1) level = level.slice(1).map((point, index) => between(level[index], point, at));
  return level[0];
}

function between([ax, ay]: Point, [bx, by]: Point, at: number): Point {
  return [ax + (bx - ax) * at, ay + (by - ay) * at];
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(bx - ax, by - ay);
}

function rounded([x, y]: Point): Point {
  return [Math.round(x * 1e4) / 1e4, Math.round(y * 1e4) / 1e4];
}

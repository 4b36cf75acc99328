import {Vector2} from '@revideo/core';
import type {BBox, Spacing} from '@revideo/core';
import {adjustRectRadius} from '../utils/canvas';
import type {CurvePoint} from './curvePoint';
import {PathCommand} from './pathCommand';
import {CubicBezierSegment, QuadBezierSegment} from './PolynomialSegment';
import {CircleSegment, EllipseSegment, LineSegment} from './Segment';
import type {Segment} from './Segment';
import {splinePath} from './splinePath';
import type {KnotInfo} from './splinePath';

/** A curve as its pieces. */
export interface CurveProfile {
  arcLength: number;
  segments: Segment[];
  /** The sine of half the sharpest corner's angle. */
  minSin: number;
}

function profile(segments: Segment[], minSin = 1): CurveProfile {
  const arcLength = segments.reduce((length, segment) => length + segment.arcLength, 0);
  return {arcLength, segments, minSin};
}

/** The sine of half the angle between two ways: 1 straight on, 0 back. */
function halfSine(before: Vector2, after: Vector2): number {
  return Math.sqrt(Math.max(0, (1 + before.dot(after)) / 2));
}

/** Straight lines between points, whose corners are rounded as far as the lines leave room. */
export function getPolylineProfile(points: readonly Vector2[], radius: number, closed: boolean): CurveProfile {
  if (points.length < 2) return profile([]);
  const way = [...points];
  if (closed) {
    const middle = points[0].lerp(points[points.length - 1], 0.5);
    way.unshift(middle);
    way.push(middle);
  }
  const segments: Segment[] = [];
  let minSin = 1;
  let at = way[0];
  const lineTo = (to: Vector2) => {
    if (to.sub(at).magnitude > 1e-9) segments.push(new LineSegment(at, to));
    at = to;
  };
  for (let index = 1; index < way.length - 1; index++) {
    const [before, corner, after] = [way[index - 1], way[index], way[index + 1]];
    const [come, go] = [corner.sub(before), after.sub(corner)];
    const [from, to] = [come.normalized, go.normalized];
    const sine = halfSine(from, to);
    minSin = Math.min(minSin, sine);
    const slope = sine / Math.sqrt(Math.max(1e-12, 1 - sine * sine));
    const cut = Math.min(radius / slope, come.magnitude / 2, go.magnitude / 2);
    if (radius <= 0 || sine > 1 - 1e-9 || sine < 1e-9 || cut <= 0) {
      lineTo(corner);
      continue;
    }
    const round = cut * slope;
    const counter = from.x * to.y - from.y * to.x < 0;
    const out = counter ? 1 : -1;
    const start = corner.sub(from.scale(cut));
    // Across the way, to where the middle of the circle is.
    const inwards = new Vector2(from.y, -from.x).scale(out);
    const outwards = (direction: Vector2) => new Vector2(direction.y, -direction.x).scale(-out);
    lineTo(start);
    segments.push(new CircleSegment(start.add(inwards.scale(round)), round, outwards(from), outwards(to), counter));
    at = corner.add(to.scale(cut));
  }
  lineTo(way[way.length - 1]);
  return profile(segments, minSin);
}

/** A part of an ellipse around the origin, in radians; closed, it is a slice. */
export function getCircleProfile(
  size: Vector2,
  startAngle: number,
  endAngle: number,
  closed: boolean,
  counterclockwise = false,
): CurveProfile {
  const end = counterclockwise ? endAngle - Math.PI * 2 : endAngle;
  const middle = (startAngle + end) / 2;
  const arcs = [new EllipseSegment(size, startAngle, middle), new EllipseSegment(size, middle, end)];
  if (!closed) return profile(arcs);
  const [first, last] = [arcs[0].points[0], arcs[1].points[1]];
  return profile([new LineSegment(Vector2.zero, first), ...arcs, new LineSegment(last, Vector2.zero)]);
}

/** The outline of a rectangle, from the left end of its upper side. */
export function getRectProfile(
  rect: BBox,
  radius: Spacing,
  smoothCorners: boolean,
  cornerSharpness: number,
): CurveProfile {
  const {top, right, bottom, left} = radius;
  const corners: [Vector2, number][] = [
    [rect.topRight, adjustRectRadius(right, top, bottom, rect)],
    [rect.bottomRight, adjustRectRadius(bottom, left, right, rect)],
    [rect.bottomLeft, adjustRectRadius(left, bottom, top, rect)],
    [rect.topLeft, adjustRectRadius(top, right, left, rect)],
  ];
  const ways = [new Vector2(1, 0), new Vector2(0, 1), new Vector2(-1, 0), new Vector2(0, -1)];
  const segments: Segment[] = [];
  let at = rect.topLeft.add(new Vector2(corners[3][1], 0));
  corners.forEach(([corner, round], index) => {
    const [come, go] = [ways[index], ways[(index + 1) % 4]];
    const start = corner.sub(come.scale(round));
    if (start.sub(at).magnitude > 1e-9) segments.push(new LineSegment(at, start));
    at = corner.add(go.scale(round));
    if (round <= 0) return;
    if (smoothCorners) {
      const share = 1 - cornerSharpness;
      const [first, second] = [corner.sub(come.scale(round * share)), corner.add(go.scale(round * share))];
      segments.push(new CubicBezierSegment(start, first, second, at));
    } else {
      segments.push(new CircleSegment(start.add(go.scale(round)), round, ways[(index + 3) % 4], come, false));
    }
  });
  return profile(segments);
}

/** A smooth curve through knots. */
export function getBezierSplineProfile(knots: KnotInfo[], closed: boolean, smoothness: number): CurveProfile {
  const path = splinePath(knots, smoothness, closed);
  const segments: (CubicBezierSegment | QuadBezierSegment)[] = [];
  let at = Vector2.zero;
  let index = 0;
  const point = () => new Vector2(path[index++], path[index++]);
  while (index < path.length) {
    const command = path[index++];
    if (command === PathCommand.Move) at = point();
    else if (command === PathCommand.Quad) segments.push(new QuadBezierSegment(at, point(), (at = point())));
    else if (command === PathCommand.Cubic) segments.push(new CubicBezierSegment(at, point(), point(), (at = point())));
  }
  const joints = segments.slice(1).map((after, before) => [segments[before], after] as const);
  if (closed && segments.length > 1) joints.push([segments[segments.length - 1], segments[0]]);
  const sines = joints.map(([before, after]) => halfSine(before.tangent(1), after.tangent(0)));
  return profile(segments, Math.min(1, ...sines));
}

/** The point at a length along a curve, or the end of the curve beyond its length. */
export function getPointAtDistance({segments, arcLength}: CurveProfile, distance: number): CurvePoint {
  let left = Math.max(0, Math.min(distance, arcLength));
  for (const segment of segments) {
    if (left <= segment.arcLength) return segment.getPoint(segment.arcLength === 0 ? 0 : left / segment.arcLength);
    left -= segment.arcLength;
  }
  return segments[segments.length - 1]?.getPoint(1) ?? {
    position: Vector2.zero,
    tangent: Vector2.up,
    normal: Vector2.up,
  };
}

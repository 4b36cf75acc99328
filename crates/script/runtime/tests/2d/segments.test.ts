import {
  CircleSegment,
  CubicBezierSegment,
  LineSegment,
  Polynomial,
  Polynomial2D,
  QuadBezierSegment,
  getBezierSplineProfile,
  getCircleProfile,
  getPointAtDistance,
  getPolylineProfile,
  getRectProfile,
} from '../../2d/index';
import type {CurveProfile} from '../../2d/index';
import {BBox, Spacing, Vector2} from '../../core/index';
import {equal, near, test, throws} from '../harness';

// The numbers are those of the reference in a browser.

const at = (x: number, y: number) => new Vector2(x, y);

/** A context that writes down what is drawn, to a thousandth. */
function pen(): {context: any; calls: string[]} {
  const calls: string[] = [];
  const round = (value: unknown) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 + 0 : value);
  const note = (name: PropertyKey) => (...numbers: unknown[]) => calls.push(`${String(name)} ${numbers.map(round).join(' ')}`);
  return {context: new Proxy({}, {get: (_, name) => note(name)}), calls};
}

function drawn(profile: CurveProfile): string[] {
  const {context, calls} = pen();
  for (const segment of profile.segments) segment.draw(context, 0, 1, false);
  return calls;
}

const point = ({position, tangent, normal}: any) => [position.x, position.y, tangent.x, tangent.y, normal.x, normal.y];

test('straight pieces and pieces of circles are drawn from one part of them to another', () => {
  const {context, calls} = pen();
  const line = new LineSegment(at(0, 0), at(30, 40));
  const [first, last] = line.draw(context, 0.25, 0.75, true);
  near(point(first), [7.5, 10, -0.8, 0.6, 0.8, -0.6], 1e-9, 'the start of a line');
  near(point(last), [22.5, 30, 0.8, -0.6, 0.8, -0.6], 1e-9, 'its end');
  const [begin, end] = new CircleSegment(at(0, 0), 20, at(1, 0), at(0, 1), true).draw(context, 0.25, 0.75);
  near(point(begin), [18.4776, -7.6537, 0.9239, -0.3827, -0.9239, 0.3827], 1e-3, 'the start of an arc');
  near(point(end), [-7.6537, 18.4776, 0.3827, -0.9239, 0.3827, -0.9239], 1e-3, 'its end');
  equal(calls, ['moveTo 7.5 10', 'lineTo 22.5 30', 'arc 0 0 20 -0.393 1.963 true']);
});

test('curves are cut by their length', () => {
  const {context, calls} = pen();
  const quad = new QuadBezierSegment(at(0, 0), at(50, 0), at(50, 50));
  const cubic = new CubicBezierSegment(at(0, 0), at(50, 0), at(50, 50), at(100, 50));
  near([quad.arcLength, cubic.arcLength], [81.1613, 115.5514], 2e-3, 'lengths');
  const [first, last] = quad.draw(context, 0.25, 0.75, true);
  near(point(first), [20.0824, 2.5644, 0.9597, 0.281, 0.281, -0.9597], 0.02, 'a quarter');
  near(point(last), [47.4422, 29.94, 0.2805, 0.9598, 0.9598, -0.2805], 0.02, 'three quarters');
  cubic.draw(context, 0, 1, false);
  equal(calls.length, 3);
  equal(calls[2], 'bezierCurveTo 50 0 50 50 100 50');
  near(point(cubic.eval(0.3)), [34.2, 10.8, 0.8099, 0.5865, 0.5865, -0.8099], 1e-3, 'a parameter');
  equal(cubic.split(0.3)[1].points.map(({x, y}) => [x, y].map(value => Math.round(value * 10) / 10)), [
    [34.2, 10.8],
    [54.5, 25.5],
    [65, 50],
    [100, 50],
  ]);
  const {x, y, width, height} = cubic.getBBox();
  equal([x, y, width, height], [0, 0, 100, 50]);
});

const WAY = [at(0, 0), at(100, 0), at(100, 50), at(40, 90)];

test('corners of lines are rounded as far as there is room', () => {
  const plain = getPolylineProfile(WAY, 0, false);
  near([plain.arcLength, plain.minSin], [222.111, 0.7071], 1e-3, 'without corners');
  const round = getPolylineProfile(WAY, 10, false);
  near(round.arcLength, 216.9433, 1e-3, 'with corners');
  equal(drawn(round), [
    'lineTo 90 0',
    'arc 90 10 10 -1.571 0 false',
    'lineTo 100 44.648',
    'arc 90 44.648 10 0 0.983 false',
    'lineTo 40 90',
  ]);
  const closed = getPolylineProfile(WAY, 10, true);
  near([closed.arcLength, closed.minSin], [298.2322, 0.5449], 1e-3, 'closed');
  equal(closed.segments.length, 9);
  const most = getPolylineProfile(WAY, 100, false);
  equal(drawn(most).slice(1, 3), ['arc 75 25 25 -1.571 0 false', 'arc 53.287 25 46.713 0 0.983 false']);
  const back = getPolylineProfile([at(0, 0), at(10, 0)], 5, true);
  equal([back.arcLength, back.minSin, back.segments.length], [20, 0, 3]);
  equal(getPolylineProfile([at(1, 2)], 5, false).segments, []);
});

test('a point is found by its way from the start', () => {
  const profile = getPolylineProfile(WAY, 10, false);
  near(point(getPointAtDistance(profile, -3)), [0, 0, 0, 1, 0, -1], 1e-9, 'before');
  near(point(getPointAtDistance(profile, 120)), [100, 24.292, -1, 0, 1, 0], 1e-3, 'on it');
  near(point(getPointAtDistance(profile, 999)), [40, 90, -0.5547, -0.8321, 0.5547, 0.8321], 1e-3, 'behind');
});

test('ellipses, rectangles and splines are profiles too', () => {
  const round = getCircleProfile(at(50, 30), 0, Math.PI * 2, false);
  near(round.arcLength, 255.27, 1e-3, 'an ellipse');
  equal(drawn(round), ['ellipse 0 0 50 30 0 0 3.142 false', 'ellipse 0 0 50 30 0 3.142 6.283 false']);
  equal(drawn(getCircleProfile(at(50, 50), 0, Math.PI / 2, true)), [
    'lineTo 50 0',
    'ellipse 0 0 50 50 0 0 0.785 false',
    'ellipse 0 0 50 50 0 0.785 1.571 false',
    'lineTo 0 0',
  ]);
  equal(drawn(getCircleProfile(at(50, 50), 0, Math.PI / 2, false, true))[1], 'ellipse 0 0 50 50 0 -2.356 -4.712 true');
  const box = new BBox(0, 0, 100, 60);
  equal(drawn(getRectProfile(box, new Spacing(10, 20, 30, 0), false, 0.6)), [
    'lineTo 80 0',
    'arc 80 20 20 -1.571 0 false',
    'lineTo 100 30',
    'arc 70 30 30 0 1.571 false',
    'lineTo 0 60',
    'lineTo 0 10',
    'arc 10 10 10 3.142 -1.571 false',
  ]);
  equal(drawn(getRectProfile(box, new Spacing(10), true, 0.6))[1], 'bezierCurveTo 96 0 100 4 100 10');
  const knot = (x: number, y: number) => ({
    position: at(x, y),
    startHandle: at(-10, 0),
    endHandle: at(10, 0),
    auto: {start: 1, end: 1},
  });
  const knots = [knot(0, 0), knot(50, 50), knot(100, 0), knot(150, 80)];
  const spline = getBezierSplineProfile(knots, false, 0.4);
  near([spline.arcLength, spline.minSin], [243.6946, 1], 5e-3, 'a spline');
  equal(drawn(spline), [
    'quadraticCurveTo 30 50 50 50',
    'bezierCurveTo 70 50 82.863 -5.141 100 0',
    'quadraticCurveTo 122.863 6.859 150 80',
  ]);
  near(getBezierSplineProfile(knots, true, 0.4).arcLength, 422.2117, 5e-3, 'a closed one');
});

test('polynomials are differentiated, cut and solved', () => {
  const cubic = Polynomial.cubic(1, -2, -5, 6);
  equal([cubic.degree, cubic.eval(2), cubic.eval(2, 1)], [3, 25, 50]);
  near([...cubic.localExtrema()].sort(), [-0.1561, 0.7117], 1e-3, 'extrema');
  near(cubic.outputRange01(), [-0.7931, 1], 1e-3, 'range');
  equal(Polynomial.linear(2, -4).roots(), [0.5]);
  equal(Polynomial.quadratic(-1, 0, 1).roots(), [-1, 1]);
  equal(Polynomial.quadratic(1, 2, 1).roots(), [-1]);
  near(Polynomial.cubic(6, -11, 6, -1).roots().sort(), [1, 2, 3], 1e-6, 'three roots');
  near(Polynomial.cubic(5, 0, 0, 1).roots(), [-Math.cbrt(5)], 1e-9, 'one root');
  const [, after] = cubic.split(0.3);
  // (the reference's constant is not the value there)
  near([after.c0, after.c1, after.c2, after.c3], [0.112, -2.366, 0.196, 2.058], 1e-3, 'after the cut');
  throws(() => cubic.differentiate(4), 'there is no derivative `4`');
  const curve = new Polynomial2D(at(0, 0), at(50, 0), at(-20, 50), at(3, 4));
  near([curve.eval(0.5).x, curve.evalDerivative(0.5).y], [20.375, 53], 1e-9, 'a curve');
  equal([curve.getBounds().width, curve.getBounds().height], [33, 54]);
});

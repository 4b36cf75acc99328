import {CubicBezier, Knot, Path, QuadBezier, Spline, matchPoints, splinePath, svgPath} from '../../2d/index';
import {Vector2, createRef} from '../../core/index';
import {equal, near, ok, test, throws} from '../harness';
import {morph} from '../../2d/curves/morph';
import {film, inScene} from './film';
import {mock} from './mockStage';

test('path data becomes absolute commands', () => {
  equal(svgPath('M1 2L3,4h5v-6z'), [0, 1, 2, 1, 3, 4, 1, 8, 4, 1, 8, -2, 4]);
  equal(svgPath('m1,1 2,2 l1-1.5.5e1 2z m1 0'), [0, 1, 1, 1, 3, 3, 1, 4, 1.5, 1, 9, 3.5, 4, 0, 2, 1]);
  equal(svgPath('M0 0C1 1 2 1 3 0s2-1 3 0'), [0, 0, 0, 3, 1, 1, 2, 1, 3, 0, 3, 4, -1, 5, -1, 6, 0]);
  equal(svgPath('M0 0Q1 2 2 0T4 0'), [0, 0, 0, 2, 1, 2, 2, 0, 2, 3, -2, 4, 0]);
  equal(svgPath('M0 0S1 1 2 0'), [0, 0, 0, 3, 0, 0, 1, 1, 2, 0]);
  equal(svgPath(''), []);
});

test('arcs become cubics that end where they should', () => {
  const half = svgPath('M0 0A5 5 0 0110 0');
  equal(half.length, 3 + 2 * 7);
  near(half.slice(8, 10), [5, -5], 1e-9, 'the top');
  equal(half.slice(-2), [10, 0]);
  const small = svgPath('M0 0 a1 1 0 0 0 10 0');
  near(small.slice(8, 10), [5, 5], 1e-9, 'radii grow to reach');
  equal(svgPath('M0 0A0 5 0 0 1 3 4'), [0, 0, 0, 1, 3, 4]);
});

test('bad path data is quoted', () => {
  throws(() => svgPath('M1 2 L3'), 'L');
  throws(() => svgPath('M1 2 # 3'), '#');
  throws(() => svgPath('1 2'), 'begin');
  throws(() => svgPath('M1 2 B 3'), 'B');
});

test('splines swing through their knots', () => {
  const knots = [
    [0, 0],
    [10, 10],
    [20, 0],
  ].map(([x, y]) => {
    const position = new Vector2(x, y);
    return {position, startHandle: position, endHandle: position, auto: {start: 1, end: 1}};
  });
  near(splinePath(knots, 0.4, false), [0, 0, 0, 2, 6, 10, 10, 10, 2, 14, 10, 20, 0], 1e-9);
  const closed = splinePath(knots, 0.4, true);
  equal(closed[closed.length - 1], 4);
  equal(closed.slice(-3, -1), [0, 0]);
  equal(splinePath(knots.slice(0, 1), 0.4, false), []);
  near(splinePath(knots.slice(0, 2), 0.4, false), [0, 0, 0, 3, 0, 0, 10, 10, 10, 10], 1e-9);
});

test('knots mirror the handle that is not given', () =>
  inScene(view => {
    const knot = new Knot({position: [5, 5], startHandle: [-2, 0]});
    near(knot.$$info().startHandle, {x: 3, y: 5}, 0);
    near(knot.$$info().endHandle, {x: 7, y: 5}, 0);
    equal(knot.$$info().auto, {start: 0, end: 0});
    equal(new Knot({}).$$info().auto, {start: 1, end: 1});
    const spline = new Spline({children: [knot, new Knot({x: 30})], stroke: 'red', lineWidth: 2});
    view.add(spline);
    equal(spline.knots().length, 2);
    knot.x(6);
    equal(spline.$$encodePath()[1], 6);
  }));

test('points are matched without changing the form', () => {
  const square = [new Vector2(0, 0), new Vector2(10, 0), new Vector2(10, 10), new Vector2(0, 10)];
  const [from, to] = matchPoints([new Vector2(0, 0), new Vector2(10, 0)], square, false);
  equal([from.length, to.length], [4, 4]);
  near(from[1], {x: 2.5, y: 0}, 2.5);
  const [, turned] = matchPoints(square, [...square.slice(2), ...square.slice(0, 2)], true);
  near(turned[0], square[0], 0);
});

test('outlines become others between as many points', () => {
  const square = svgPath('M0 0H4V4H0Z');
  const grown = morph(square, svgPath('M0 0H8V8H0Z'));
  near(grown(0).filter((_, index) => index % 3 === 1), [0, 0, 0, 2, 4, 4, 4, 2].map(() => 2), 2, 'four sides, halved');
  const corners = (path: number[]) => {
    const xs = path.filter((_, index) => index < path.length - 1 && index % 3 === 1);
    const ys = path.filter((_, index) => index < path.length - 1 && index % 3 === 2);
    return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  };
  equal(corners(grown(0)), [0, 4, 0, 4]);
  equal(corners(grown(0.5)), [0, 6, 0, 6]);
  equal(corners(grown(1)), [0, 8, 0, 8]);
  equal(grown(0.5).at(-1), 4, 'closed');
  const line = morph(svgPath('M0 0L4 0'), svgPath('M4 8L0 8'));
  equal(line(0), [0, 4, 0, 1, 0, 0], 'turned to where it lies nearer');
  equal(line(1), [0, 4, 8, 1, 0, 8]);
  const more = morph(svgPath('M0 0L4 0'), svgPath('M0 0L4 0M10 10L14 10'));
  equal(more(0).slice(6), [0, 10, 10, 1, 10, 10], 'grows out of a point');
  equal(more(1).slice(6), [0, 10, 10, 1, 14, 10]);
  equal(morph([], [])(0.5), []);
  const curved = morph(svgPath('M0 0C0 40 40 40 40 0'), svgPath('M0 0L40 0'));
  near(curved(0.5).slice(0, 3), [0, 0, 0], 1e-9);
  ok(curved(0.5).every(Number.isFinite), 'numbers');
});

test('paths blend', async () => {
  const path = createRef<Path>();
  const seen: number[] = [];
  await film(
    function* (view) {
      view.add(<Path ref={path} data={'M0 0L10 0'} stroke={'red'} lineWidth={1} />);
      yield* path().data('M0 0L20 0', 0.5);
    },
    () => seen.push(path().$$encodePath().at(-2)!),
  );
  ok(seen[2] > 10 && seen[2] < 20, `on the way: ${seen.join(' ')}`);
  equal(path().data(), 'M0 0L20 0');
  equal(path().$$morph(), null);
});

if (mock === null) {
  test('curves have the size of their outline (stage)', () =>
    inScene(view => {
      const quad = new QuadBezier({p0: [0, 0], p1: [50, 100], p2: [100, 0], lineWidth: 2, stroke: 'red'});
      const cubic = new CubicBezier({p0: [0, 0], p1: [0, 40], p2: [100, 40], p3: [100, 0]});
      const path = new Path({data: 'M10 10H60V40Z'});
      view.add([quad, cubic, path]);
      near(quad.size(), {x: 100, y: 50}, 1e-3);
      near(cubic.size(), {x: 100, y: 30}, 1e-3);
      near(path.size(), {x: 50, y: 30}, 1e-3);
      near(quad.getPointAtPercentage(0.5).position, {x: 50, y: 50}, 0.5);
      near(quad.getPointAtPercentage(0).tangent, new Vector2(50, 100).normalized, 1e-3);
      ok(path.arcLength() > 130 && path.arcLength() < 140, `length ${path.arcLength()}`);
      quad.p2([200, 0]);
      near(quad.width(), 200, 1e-3);
    }));
}

import {CubicBezier, QuadBezier, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 13];

const scene = makeScene2D('tween-bezier', function* (view) {
  const cubic = createRef<CubicBezier>();
  const quad = createRef<QuadBezier>();
  view.add(
    <>
      <CubicBezier ref={cubic} p0={[-140, 0]} p1={[-100, -90]} p2={[-60, 90]} p3={[-20, 0]} stroke={'crimson'} lineWidth={6} />
      <QuadBezier ref={quad} p0={[20, 40]} p1={[80, -80]} p2={[140, 40]} stroke={'navy'} lineWidth={6} lineCap={'round'} />
    </>,
  );
  yield* all(cubic().p1([-60, 80], 0.5), cubic().p2([-100, -80], 0.5), quad().p1([80, 80], 0.5, linear), quad().end(0.7, 0.5));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

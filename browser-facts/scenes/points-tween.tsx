import {Line, makeScene2D, Path, Spline} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 10, 15];

const scene = makeScene2D('points-tween', function* (view) {
  const line = createRef<Line>();
  const same = createRef<Line>();
  const spline = createRef<Spline>();
  view.add(
    <>
      <Line ref={line} stroke={'crimson'} lineWidth={4} points={[[-140, -60], [-60, -60]]} />
      <Line ref={same} stroke={'navy'} lineWidth={4} closed points={[[0, -60], [60, -60], [60, -10]]} />
      <Spline ref={spline} stroke={'teal'} lineWidth={4} points={[[-140, 40], [-100, 10], [-60, 60], [-20, 30]]} />
      <Path x={60} y={10} data={'M0 0 L60 0 L60 50 L0 50 Z'} fill={'plum'} />
    </>,
  );
  yield* all(
    line().points([[-140, -20], [-100, -60], [-60, -20]], 0.5, linear),
    same().points([[0, -10], [30, -70], [80, -20]], 0.5, linear),
    spline().points([[-140, 20], [-100, 70], [-60, 20], [0, 70]], 0.5, linear),
  );
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

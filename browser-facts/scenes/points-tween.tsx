import {Line, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 10, 15];

const scene = makeScene2D('points-tween', function* (view) {
  const line = createRef<Line>();
  const same = createRef<Line>();
  view.add(
    <>
      <Line ref={line} stroke={'crimson'} lineWidth={4} points={[[-140, -60], [-60, -60]]} />
      <Line ref={same} stroke={'navy'} lineWidth={4} closed points={[[0, -60], [60, -60], [60, -10]]} />
    </>,
  );
  yield* all(
    line().points([[-140, -20], [-100, -60], [-60, -20]], 0.5, linear),
    same().points([[0, -10], [30, -70], [80, -20]], 0.5, linear),
  );
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

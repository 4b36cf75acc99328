import {makeScene2D, Rect} from '@revideo/2d';
import {createRef, makeProject, waitFor} from '@revideo/core';

export const frames = [0, 24, 59];

const scene = makeScene2D('frame-rate', function* (view) {
  const box = createRef<Rect>();
  view.add(<Rect ref={box} x={-100} size={50} fill={'crimson'} />);
  yield* waitFor(0.37);
  yield* box().x(100, 0.61);
  yield* waitFor(0.05);
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 320, y: 180}}, rendering: {fps: 60}},
});

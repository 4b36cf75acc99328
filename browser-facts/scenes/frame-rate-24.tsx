import {makeScene2D, Rect} from '@revideo/2d';
import {createRef, makeProject, waitFor} from '@revideo/core';

export const frames = [0, 13, 47];

const scene = makeScene2D('frame-rate-24', function* (view) {
  const box = createRef<Rect>();
  view.add(<Rect ref={box} x={-100} size={50} fill={'crimson'} />);
  yield* waitFor(1 / 3);
  yield* box().rotation(100, 2 / 3).to(0, 1);
  yield* box().x(100, 0.5).to(0, 0.123);
  yield* waitFor(0.77);
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 320, y: 180}}, rendering: {fps: 24}},
});

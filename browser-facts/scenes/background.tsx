import {makeScene2D, Rect} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

export const frames = [0, 5];

const scene = makeScene2D('background', function* (view) {
  view.add(<Rect size={60} fill={'white'} />);
  yield* waitFor(0.1);
  view.fill('rgba(200, 30, 60, 0.5)');
  yield* waitFor(0.1);
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 320, y: 180}, background: 'rgb(20, 60, 90)'}},
});

import {makeScene2D, Rect, Txt} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

export const frames = [0, 9, 10, 11, 24];

const first = makeScene2D('first', function* (view) {
  view.fill('#204020');
  view.add(<Txt text={'first'} fill={'white'} />);
  yield* waitFor(1 / 3);
});
const second = makeScene2D('second', function* (view) {
  view.add(<Rect size={80} fill={'orange'} />);
  yield* waitFor(0.5);
});

export default makeProject({
  scenes: [first, second],
  settings: {shared: {size: {x: 320, y: 180}, background: '#102030'}},
});

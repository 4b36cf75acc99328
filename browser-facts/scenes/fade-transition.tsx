import {Circle, makeScene2D, Rect} from '@revideo/2d';
import {Direction, fadeTransition, makeProject, slideTransition, waitFor} from '@revideo/core';

export const frames = [8, 10, 13, 17, 25, 28, 32];

const first = makeScene2D('first', function* (view) {
  view.add(<Rect x={-60} size={100} fill={'crimson'} />);
  yield* waitFor(0.3);
});
const second = makeScene2D('second', function* (view) {
  view.fill('#335577');
  view.add(<Circle x={60} size={100} fill={'gold'} />);
  yield* fadeTransition(0.3);
  yield* waitFor(0.2);
});
const third = makeScene2D('third', function* (view) {
  view.fill('#eeeeee');
  view.add(<Rect y={20} size={60} fill={'black'} />);
  yield* slideTransition(Direction.Left, 0.4);
  yield* waitFor(0.2);
});

export default makeProject({
  scenes: [first, second, third],
  settings: {shared: {size: {x: 320, y: 180}, background: '#80a080'}},
});

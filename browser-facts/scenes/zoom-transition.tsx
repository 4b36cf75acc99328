import {Circle, makeScene2D, Rect} from '@revideo/2d';
import {BBox, makeProject, waitFor, zoomInTransition, zoomOutTransition} from '@revideo/core';

export const frames = [6, 9, 12, 15, 24, 28, 32];

const first = makeScene2D('first', function* (view) {
  view.fill('#ddccbb');
  view.add(<Rect x={80} y={40} width={80} height={45} fill={'crimson'} />);
  yield* waitFor(0.2);
});
const second = makeScene2D('second', function* (view) {
  view.fill('#335577');
  view.add(<Circle size={100} fill={'gold'} />);
  yield* zoomInTransition(new BBox(80, 40, 80, 45), 0.4);
  yield* waitFor(0.2);
});
const third = makeScene2D('third', function* (view) {
  view.fill('#eeeeee');
  view.add(<Rect size={60} fill={'black'} rotation={45} />);
  yield* zoomOutTransition(new BBox(-60, -30, 80, 45), 0.4);
  yield* waitFor(0.1);
});

export default makeProject({
  scenes: [first, second, third],
  settings: {shared: {size: {x: 320, y: 180}, background: '#80a080'}},
});

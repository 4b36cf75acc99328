import {makeScene2D, Rect} from '@revideo/2d';
import {createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 9, 12, 19];

const scene = makeScene2D('save-restore', function* (view) {
  const box = createRef<Rect>();
  view.add(<Rect ref={box} x={-80} size={50} fill={'crimson'} />);
  box().save();
  yield* box().position([60, 20], 0.2, linear);
  box().save();
  box().fill('navy');
  box().rotation(30);
  yield* box().restore(0.2, linear);
  yield* box().restore(0.2);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Rect, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInOutCubic, makeProject} from '@revideo/core';

export const frames = [0, 4, 8, 12];

const scene = makeScene2D('tween-skew', function* (view) {
  const box = createRef<Rect>();
  view.add(<Rect ref={box} size={80} fill={'seagreen'} offset={[-1, 0]} />);
  yield* all(box().skew([20, 0], 0.4), box().scale([1.5, 0.6], 0.4, easeInOutCubic), box().offset([1, 0.5], 0.4));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

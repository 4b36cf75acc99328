import {Rect, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 12, 17];

const scene = makeScene2D('tween-rect-paint', function* (view) {
  const box = createRef<Rect>();
  view.add(<Rect ref={box} size={[140, 90]} fill={'#e13238'} stroke={'#123'} lineWidth={2} radius={0} lineDash={[20, 0]} />);
  yield* all(
    box().radius([40, 10, 25, 0], 0.6, linear),
    box().lineWidth(14, 0.6, linear),
    box().lineDash([10, 10], 0.6, linear),
    box().lineDashOffset(30, 0.6, linear),
    box().stroke('gold', 0.6),
  );
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

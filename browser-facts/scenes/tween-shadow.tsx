import {Rect, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 12];

const scene = makeScene2D('tween-shadow', function* (view) {
  const box = createRef<Rect>();
  view.fill('#eee');
  view.add(<Rect ref={box} size={[120, 80]} fill={'white'} radius={10} shadowColor={'#0006'} />);
  yield* all(box().shadowBlur(30, 0.5, linear), box().shadowOffset([10, 14], 0.5, linear), box().rotation(30, 0.5, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Rect, makeScene2D} from '@revideo/2d';
import {all, createRefArray, linear, range, makeProject} from '@revideo/core';

export const frames = [0, 4, 8, 11];

const scene = makeScene2D('tween-z-index', function* (view) {
  const boxes = createRefArray<Rect>();
  view.add(range(4).map(i => <Rect ref={boxes} x={i * 30 - 45} y={i * 12 - 18} size={70} fill={['#e63946', '#f4a261', '#2a9d8f', '#264653'][i]} zIndex={i} />));
  yield* all(...boxes.map((box, i) => box.zIndex(3 - i, 0.4, linear)));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

// An almost still scene of `minutes` minutes: memory must not grow with it.
import {Rect, makeScene2D} from '@revideo/2d';
import {createRef, linear, makeProject, useScene} from '@revideo/core';

const scene = makeScene2D('scene', function* (view) {
  const minutes = useScene().variables.get('minutes', 1)();
  const square = createRef<Rect>();
  view.fill('#203040');
  view.add(<Rect ref={square} size={40} fill={'#e0a040'} x={-100} />);
  yield* square().x(100, minutes * 60, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Circle, makeScene2D, Rect} from '@revideo/2d';
import {all, createRef, easeInOutBack, easeOutBounce, linear, makeProject} from '@revideo/core';

export const frames = [0, 4, 9, 15, 21];

const scene = makeScene2D('tween-move', function* (view) {
  const box = createRef<Rect>();
  const ball = createRef<Circle>();
  view.add(
    <>
      <Rect ref={box} x={-120} y={-40} size={40} fill={'#e13238'} />
      <Circle ref={ball} x={-120} y={50} size={40} fill={'#242424'} />
    </>,
  );
  yield* all(
    box().position.x(100, 0.7),
    box().rotation(180, 0.7, linear),
    box().scale(1.6, 0.35).to(1, 0.35),
    ball().position([110, 20], 0.7, easeOutBounce),
    ball().size([80, 30], 0.7, easeInOutBack),
  );
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

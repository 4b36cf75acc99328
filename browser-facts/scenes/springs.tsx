import {Circle, Rect, makeScene2D} from '@revideo/2d';
import {all, createRef, spring, BounceSpring, PlopSpring, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 3, 7, 12, 20];

const scene = makeScene2D('springs', function* (view) {
  const ball = createRef<Circle>();
  const box = createRef<Rect>();
  view.add(
    <>
      <Circle ref={ball} x={-100} y={-40} size={40} fill={'tomato'} />
      <Rect ref={box} x={-100} y={40} size={40} fill={'teal'} />
    </>,
  );
  yield* all(
    spring(PlopSpring, -100, 100, 1, value => ball().position.x(value)),
    spring(BounceSpring, -100, 100, 1, value => box().position.x(value)),
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Circle, makeScene2D} from '@revideo/2d';
import {createRef, makeProject, PlopSpring, SmoothSpring, spring} from '@revideo/core';

export const frames = [0, 5, 10, 20, 40];

const scene = makeScene2D('spring', function* (view) {
  const ball = createRef<Circle>();
  const other = createRef<Circle>();
  view.add(
    <>
      <Circle ref={ball} x={-60} y={-30} size={40} fill={'crimson'} />
      <Circle ref={other} x={-60} y={40} size={40} fill={'navy'} />
    </>,
  );
  yield spring(SmoothSpring, -60, 60, 1, value => other().position.x(value));
  yield* spring(PlopSpring, -60, 60, 1, value => ball().position.x(value));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

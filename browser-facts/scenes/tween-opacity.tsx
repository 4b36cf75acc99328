import {Rect, Circle, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 10, 15, 20];

const scene = makeScene2D('tween-opacity', function* (view) {
  const outer = createRef<Rect>();
  const inner = createRef<Circle>();
  view.add(
    <Rect ref={outer} size={[160, 100]} fill={'steelblue'}>
      <Circle ref={inner} size={60} fill={'gold'} />
    </Rect>,
  );
  yield* all(outer().opacity(0.2, 0.5, linear), inner().opacity(0, 0.5).to(1, 0.3));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

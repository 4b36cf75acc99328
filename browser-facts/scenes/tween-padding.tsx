import {Layout, Rect, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 11];

const scene = makeScene2D('tween-padding', function* (view) {
  const box = createRef<Rect>();
  view.add(
    <Rect ref={box} layout fill={'#ccc'} padding={4} gap={2}>
      <Rect size={40} fill={'tomato'} />
      <Rect size={[30, 60]} fill={'teal'} />
      <Layout grow={1} />
    </Rect>,
  );
  yield* all(box().padding([30, 10], 0.4, linear), box().gap(24, 0.4, linear), box().width(220, 0.4));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

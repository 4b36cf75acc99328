import {Layout, makeScene2D, Rect} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 10, 15, 18];

const scene = makeScene2D('tween-layout', function* (view) {
  const row = createRef<Layout>();
  const wide = createRef<Rect>();
  view.add(
    <Layout ref={row} layout gap={4} padding={10} width={200} height={80}>
      <Rect grow={1} fill={'red'} />
      <Rect ref={wide} width={40} fill={'green'} />
      <Rect grow={2} fill={'blue'} radius={6} />
    </Layout>,
  );
  yield* all(
    row().width('90%', 0.6, linear),
    row().gap(20, 0.6, linear),
    wide().width(90, 0.3, linear).to('10%', 0.3, linear),
    row().height(140, 0.6),
  );
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

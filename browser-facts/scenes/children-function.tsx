import {Circle, Layout, makeScene2D, Rect} from '@revideo/2d';
import {createSignal, makeProject, range, waitFor} from '@revideo/core';

export const frames = [0, 5, 8];

const scene = makeScene2D('children-function', function* (view) {
  const count = createSignal(2);
  const row = <Layout layout gap={8} children={() => range(count()).map(i => <Rect size={20 + i * 6} fill={`hsl(${i * 70}, 70%, 50%)`} />)} />;
  // The reference makes new nodes only while the scene runs, not while it draws.
  row.children();
  view.add(row);
  view.add(<Circle y={60} size={() => row.children().length * 10} fill={'black'} />);
  yield* waitFor(0.1);
  count(5);
  row.children();
  yield* waitFor(0.1);
  count(3);
  row.children();
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

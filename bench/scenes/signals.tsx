/** (c) 5,000 computed signals in a hundred chains, all of them new in each of 300 frames. */
import {Rect, makeScene2D} from '@revideo/2d';
import {createComputed, createSignal, linear, makeProject, range} from '@revideo/core';

const scene = makeScene2D('signals', function* (view) {
  const source = createSignal(0);
  for (const chain of range(100)) {
    let last: () => number = source;
    for (const link of range(50)) {
      const before = last;
      last = createComputed(() => before() + Math.sin(link));
    }
    const end = last;
    view.add(<Rect size={8} x={() => end() + chain} y={chain * 9 - 450} fill={'white'} />);
  }
  yield* source(600, 10, linear);
});

export default makeProject({scenes: [scene], settings: {rendering: {fps: 30}}});

import {makeScene2D, Txt} from '@revideo/2d';
import {createSignal, linear, makeProject} from '@revideo/core';

export const frames = [0, 8];

const scene = makeScene2D('text-reactive', function* (view) {
  const count = createSignal(0);
  view.add(
    <>
      <Txt y={-40} fontSize={40} fill={'crimson'} text={() => `count ${count().toFixed(0)}`} />
      <Txt y={40} fontSize={40} fill={'navy'} text={'beside it'} />
    </>,
  );
  yield* count(100, 0.5, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

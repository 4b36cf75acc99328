import {Code, CODE, makeScene2D} from '@revideo/2d';
import {createSignal, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 12];

const scene = makeScene2D('code-signals', function* (view) {
  const count = createSignal(1);
  const part = Code.createSignal(() => `log(${Math.round(count())});`);
  view.add(<Code fontFamily={'Roboto'} fontSize={20} fill={'black'} code={CODE`run(() => {\n  ${part}\n});`} />);
  yield* count(9, 0.4, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

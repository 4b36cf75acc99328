import {Code, makeScene2D} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

export const frames = [0, 4, 9, 13, 17, 25];

const scene = makeScene2D('code-tween', function* (view) {
  view.fill('white');
  const code = (
    <Code fontFamily={'Roboto'} fontSize={18} fill={'black'} code={'function add(a, b) {\n  return a + b;\n}'} />
  ) as Code;
  view.add(code);
  yield* code.code('function sum(a, b, c) {\n  const d = a + b;\n  log(d);\n  return d + c;\n}', 0.6);
  yield* waitFor(0.3);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

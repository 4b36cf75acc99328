import {Code, lines, makeScene2D, word} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

export const frames = [0, 6, 12, 20];

const scene = makeScene2D('code-selection', function* (view) {
  view.fill('white');
  const code = (
    <Code fontFamily={'Roboto'} fontSize={20} fill={'black'} code={'first line\nsecond line\nthird line'} selection={lines(1)} />
  ) as Code;
  view.add(code);
  yield* waitFor(0.1);
  yield* code.selection([word(0, 2, 4), [[1, 7], [2, 3]]], 0.4);
  yield* code.selection(lines(0, Infinity), 0.2);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

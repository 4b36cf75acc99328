import {Code, insert, replace, remove, lines, makeScene2D} from '@revideo/2d';
import {createRef, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 4, 8, 12, 18, 24];

const scene = makeScene2D('code-insert', function* (view) {
  const code = createRef<Code>();
  view.add(<Code ref={code} fontFamily={'Roboto'} fontSize={20} fill={'black'} code={'let a = 1;'} />);
  yield* code().code.edit(0.4)`let a = ${replace('1', '2')};${insert('\nlet b = a;')}`;
  yield* code().code.edit(0.4)`let a = 2;${remove('\nlet b = a;')}`;
  yield* code().selection(lines(0), 0.1);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

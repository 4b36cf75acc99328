import {Code, makeScene2D} from '@revideo/2d';
import {all, createRef, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 4, 8, 13, 17, 22, 29];

const scene = makeScene2D('code-append', function* (view) {
  const code = createRef<Code>();
  view.add(<Code ref={code} fontFamily={'Roboto'} fontSize={18} fill={'black'} code={'one();'} />);
  yield* code().code.append('\ntwo();', 0.3);
  yield* code().code.prepend('zero();\n', 0.3);
  yield* code().code.replace(code().findFirstRange('one'), 'eins', 0.3);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

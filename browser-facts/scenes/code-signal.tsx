import {CODE, Code, makeScene2D} from '@revideo/2d';
import {createSignal, makeProject, waitFor} from '@revideo/core';
import {Tokens} from './shared/tokens';

export const frames = [0, 6, 10, 15, 24];

const scene = makeScene2D('code-signal', function* (view) {
  view.fill('white');
  Code.defaultHighlighter = new Tokens();
  const argument = Code.createSignal('12');
  const name = createSignal('add');
  const code = (
    <Code fontFamily={'Roboto'} fontSize={20} fill={'#999999'} code={() => CODE`function ${name}() {\n  return ${argument};\n}`} />
  ) as Code;
  view.add(code);
  yield* argument('12 * (3 +\n  number)', 0.6);
  name('sum');
  yield* waitFor(0.2);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

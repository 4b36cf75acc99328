import {CODE, Code, insert, lines, makeScene2D, remove, replace} from '@revideo/2d';
import {all, linear, makeProject, waitFor} from '@revideo/core';
import {Tokens} from './shared/tokens';

export const frames = [0, 5, 10, 15, 20, 27, 33, 40, 48];

const scene = makeScene2D('code-edit', function* (view) {
  view.fill('white');
  const code = (
    <Code fontFamily={'Roboto'} fontSize={18} fill={'black'} highlighter={new Tokens()} code={CODE`const one = 1;`} />
  ) as Code;
  view.add(code);
  yield* code.code.edit(0.6)`const ${replace('one', 'number')} = ${insert('20 + ')}1;${remove(' // gone')}`;
  yield* all(
    code.code.append('\nreturn number;', 0.5),
    code.code.prepend(0.5)`// begins\n`,
    code.selection(lines(1), 0.5),
  );
  yield* all(
    code.code.insert([1, 6], 'the', 0.4),
    code.code.remove([[2, 6], [2, 13]], 0.4),
    code.code.replace([[0, 3], [0, 9]], 'ends here', 0.4),
  );
  code.code.append('\n12');
  yield* waitFor(0.2);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

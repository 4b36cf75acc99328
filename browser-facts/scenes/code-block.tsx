import {makeScene2D} from '@revideo/2d';
import {CodeBlock, edit, insert, lines, remove} from '@revideo/2d/lib/components/CodeBlock';
import {makeProject, waitFor} from '@revideo/core';

export const frames = [0, 8, 15, 22, 35, 46];

const scene = makeScene2D('code-block', function* (view) {
  view.fill('#101418');
  const code = (
    <CodeBlock
      fontFamily={'Roboto'}
      fontSize={20}
      code={`
        const sum = 1 + 20;
        print('sum', sum);`}
    />
  ) as CodeBlock;
  view.add(code);
  yield* waitFor(0.1);
  yield* code.edit(1)`const sum = 1 + ${edit('20', '300')};${insert(' // more')}
${remove('print')}log('sum', sum);`;
  yield* code.selection(lines(1), 0.4);
  yield* waitFor(0.3);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

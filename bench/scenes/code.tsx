/** (g) 200 lines of TSX in colours, other ones in each frame; afterwards they stand still. */
import {makeScene2D} from '@revideo/2d';
import {CodeBlock} from '@revideo/2d/lib/components/CodeBlock';
import {createRef, makeProject, useScene} from '@revideo/core';

const text = (seed: number) =>
  Array.from({length: 40}, (_, index) => {
    const name = `part${seed}_${index}`;
    return [
      `export function ${name}({size = ${index}, label}: Props): JSX.Element {`,
      `  const shown = useMemo(() => label.repeat(size) + 'text ${seed}', [label]);`,
      `  // ${name} is drawn as large as it is`,
      `  return <Rect width={size * ${index}} fill={"#e13238"}>{shown}</Rect>;`,
      '}',
    ].join('\n');
  }).join('\n');

const scene = makeScene2D('code', function* (view) {
  const frames = useScene().variables.get('frames', 60)();
  const block = createRef<CodeBlock>();
  view.add(<CodeBlock ref={block} language={'tsx'} fontFamily={'Roboto'} fontSize={10} code={text(0)} />);
  yield;
  for (let index = 1; index <= frames; index++) {
    block().code(text(index));
    yield;
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1280, y: 2400}}}});

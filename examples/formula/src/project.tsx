import {Latex, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, makeProject, useScene, waitFor} from '@revideo/core';

/** A formula and what is said of it. */
type Step = [tex: string, text: string];

const STEPS: Step[] = [
  ['(a+b)^2', 'The square of a sum'],
  ['(a+b)\\,(a+b)', 'is the sum times itself;'],
  ['a\\,(a+b) + b\\,(a+b)', 'each part times the whole,'],
  ['a^2 + 2ab + b^2', 'and what is alike put together.'],
];

// A derivation, a line at a time; the line that is spoken of is bright.
const scene = makeScene2D('formula', function* (view) {
  const steps = useScene().variables.get('steps', STEPS)();
  const note = createRef<Txt>();
  const lines = steps.map(() => createRef<Latex>());

  view.fill('#081c15');
  view.add(
    <>
      {steps.map(([tex], index) => (
        <Latex ref={lines[index]} tex={`\\color{white}{${index > 0 ? '= ' : ''}${tex}}`} height={110} opacity={0}
          y={(index - (steps.length - 1) / 2) * 180 - 70} />
      ))}
      <Txt ref={note} fontSize={60} fill={'#95d5b2'} y={430} />
    </>,
  );
  for (const [index, [, text]] of steps.entries()) {
    note().text(text).opacity(0);
    const before = lines[index - 1];
    yield* all(
      lines[index]().opacity(1, 0.6),
      note().opacity(1, 0.4),
      ...(before ? [before().opacity(0.35, 0.6)] : []),
    );
    yield* waitFor(1.2);
  }
  yield* all(...lines.map(line => line().opacity(1, 0.5)));
  yield* waitFor(0.5);
});

export default makeProject({scenes: [scene]});

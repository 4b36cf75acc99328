import {Latex, makeScene2D} from '@revideo/2d';
import {waitFor, makeProject} from '@revideo/core';

export const frames = [0];

const scene = makeScene2D('latex-fractions', function* (view) {
  yield view.add(
    <>
      <Latex x={-150} y={-90} height={100} width={260} tex={String.raw`\frac{a+b}{c-\frac{d}{e}}`} />
      <Latex x={150} y={-90} height={100} width={260} tex={String.raw`\binom{n}{k} = \frac{n!}{k!(n-k)!}`} />
      <Latex x={-150} y={70} height={110} width={260} tex={String.raw`\cfrac{1}{1+\cfrac{1}{x}}`} />
      <Latex x={150} y={70} height={80} width={240} tex={String.raw`\tfrac12 + \dfrac34`} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}, background: '#e9ecef'}}});

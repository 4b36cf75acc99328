import {Latex, makeScene2D} from '@revideo/2d';
import {waitFor, makeProject} from '@revideo/core';

export const frames = [0];

const scene = makeScene2D('latex-fonts', function* (view) {
  yield view.add(
    <>
      <Latex x={0} y={-110} height={50} width={500} tex={String.raw`\mathbf{Bold}\ \mathit{Italic}\ \mathrm{Roman}`} />
      <Latex x={0} y={-30} height={50} width={500} tex={String.raw`\mathcal{ABC}\ \mathfrak{ABC}\ \mathsf{ABC}\ \mathtt{abc}`} />
      <Latex x={0} y={60} height={60} width={500} tex={String.raw`\text{words in text } x^2 \textbf{ and bold}`} />
      <Latex x={0} y={130} height={40} width={400} tex={String.raw`{\color{red} a} + {\color{#0077b6} b}`} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}, background: '#e9ecef'}}});

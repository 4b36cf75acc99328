import {Latex, makeScene2D} from '@revideo/2d';
import {waitFor, makeProject} from '@revideo/core';

export const frames = [0];

const scene = makeScene2D('latex-matrices', function* (view) {
  yield view.add(
    <>
      <Latex x={-160} y={-80} height={120} width={240} tex={String.raw`\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}`} />
      <Latex x={150} y={-80} height={120} width={260} tex={String.raw`\begin{vmatrix} a & b \\ c & d \end{vmatrix}`} />
      <Latex x={-160} y={90} height={120} width={260} tex={String.raw`f(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}`} />
      <Latex x={150} y={90} height={110} width={280} tex={String.raw`\begin{aligned} a &= b + c \\ &= d \end{aligned}`} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}, background: '#e9ecef'}}});

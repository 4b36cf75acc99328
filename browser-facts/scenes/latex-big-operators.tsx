import {Latex, makeScene2D} from '@revideo/2d';
import {waitFor, makeProject} from '@revideo/core';

export const frames = [0];

const scene = makeScene2D('latex-big-operators', function* (view) {
  yield view.add(
    <>
      <Latex x={-150} y={-80} height={120} width={240} tex={String.raw`\sum_{k=1}^{\infty} \frac{1}{k^2}`} />
      <Latex x={150} y={-80} height={120} width={240} tex={String.raw`\int_0^1 \sqrt{x}\,dx`} />
      <Latex x={-150} y={80} height={120} width={240} tex={String.raw`\prod_{i<j} (x_i - x_j)`} />
      <Latex x={150} y={80} height={100} width={240} tex={String.raw`\lim_{x \to 0} \frac{\sin x}{x}`} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}, background: '#e9ecef'}}});

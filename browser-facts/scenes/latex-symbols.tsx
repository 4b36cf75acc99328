import {Latex, makeScene2D} from '@revideo/2d';
import {waitFor, makeProject} from '@revideo/core';

export const frames = [0];

const scene = makeScene2D('latex-symbols', function* (view) {
  yield view.add(
    <>
      <Latex x={0} y={-120} height={50} width={560} tex={String.raw`\alpha\beta\gamma\delta\epsilon\zeta\eta\theta\lambda\mu\pi\sigma\phi\omega`} />
      <Latex x={0} y={40} height={50} width={560} tex={String.raw`A \cup B \cap C \setminus D \subseteq E \rightarrow \emptyset`} />
      <Latex x={0} y={120} height={50} width={560} tex={String.raw`\leftarrow \Rightarrow \iff \mapsto \hookrightarrow \uparrow \nabla \partial`} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}, background: '#e9ecef'}}});

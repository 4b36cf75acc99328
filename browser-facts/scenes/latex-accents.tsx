import {Latex, makeScene2D} from '@revideo/2d';
import {waitFor, makeProject} from '@revideo/core';

export const frames = [0];

const scene = makeScene2D('latex-accents', function* (view) {
  yield view.add(
    <>
      <Latex x={-160} y={-80} height={70} width={240} tex={String.raw`\hat{x}\ \bar{y}\ \vec{z}\ \dot{a}\ \ddot{b}\ \tilde{c}`} />
      <Latex x={150} y={-80} height={90} width={280} tex={String.raw`\overline{AB} \underline{CD} \overbrace{x+y}^{n}`} />
      <Latex x={-160} y={80} height={80} width={240} tex={String.raw`\sqrt[3]{\frac{x}{y}}`} />
      <Latex x={150} y={80} height={80} width={280} tex={String.raw`\left( \frac{a}{b} \right)^{2} \left| x \right|`} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}, background: '#e9ecef'}}});

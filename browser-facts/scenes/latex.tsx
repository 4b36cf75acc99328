import {Latex, makeScene2D} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

// Both sizes are given: how large a formula is of itself depends on the browser's own font (`ex`).
const scene = makeScene2D('latex', function* (view) {
  yield view.add(
    <>
      <Latex y={-110} size={[520, 92]} tex={'{\\color{white} x=\\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}}'} />
      <Latex x={-160} y={20} size={[250, 100]} tex={'\\sum_{i=0}^{n} i^2 = \\int_0^\\infty e^{-x}\\,dx'} />
      <Latex x={160} y={20} size={[200, 110]} tex={'\\begin{pmatrix} a & b \\\\ \\color{red} c & d \\end{pmatrix}'} />
      <Latex x={-120} y={125} size={[300, 50]} tex={'\\ce{2H2 + O2 -> 2H2O}'} fill={'#dddddd'} />
      <Latex x={160} y={125} size={[150, 50]} tex={'\\mathbb{R}^\\alpha'} options={{display: false}} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}, background: '#457b9d'}}});

/** (f) A formula that is another one in each frame; the first frame loads what sets them. */
import {Latex, makeScene2D} from '@revideo/2d';
import {createRef, makeProject} from '@revideo/core';

const scene = makeScene2D('formulas', function* (view) {
  const formula = createRef<Latex>();
  view.add(<Latex ref={formula} tex={'x'} />);
  for (let index = 0; index < 120; index++) {
    formula().tex(`f_{${index}}(x) = \\sum_{k=0}^{${index}} \\frac{x^k}{k!} + \\sqrt{a_{${index}}}`);
    yield;
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1280, y: 720}}}});

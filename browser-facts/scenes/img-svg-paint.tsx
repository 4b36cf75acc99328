import {Img, makeScene2D} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

const scene = makeScene2D('img-svg-paint', function* (view) {
  view.fill('white');
  yield view.add(<Img src={'/paint.svg'} width={640} />);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}}}});

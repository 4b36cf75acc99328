import {Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 7, 14];

const scene = makeScene2D('tween-letter-spacing', function* (view) {
  const text = createRef<Txt>();
  view.add(<Txt ref={text} text={'SPREAD'} fontSize={30} fontWeight={700} letterSpacing={0} />);
  yield* all(text().letterSpacing(12, 0.5, linear), text().opacity(0.5, 0.5, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

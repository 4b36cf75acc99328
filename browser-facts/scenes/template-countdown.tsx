import {Circle, Txt, makeScene2D} from '@revideo/2d';
import {createRef, createSignal, linear, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 4, 9, 13, 18];

const scene = makeScene2D('template-countdown', function* (view) {
  const left = createSignal(3);
  const ring = createRef<Circle>();
  const label = createRef<Txt>();
  view.fill('#0b132b');
  view.add(
    <>
      <Circle ref={ring} size={120} stroke={'#5bc0be'} lineWidth={12} startAngle={-90} endAngle={() => -90 + 360 * (left() % 1 || 1)} lineCap={'round'} />
      <Txt ref={label} fontSize={54} fontWeight={700} fill={'white'} text={'3'} />
    </>,
  );
  label().text(() => Math.ceil(left()).toFixed(0));
  yield* left(2, 0.3, linear);
  yield* left(1, 0.3, linear);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

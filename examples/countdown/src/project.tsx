import {Circle, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeOutBack, linear, makeProject, useScene, waitFor} from '@revideo/core';

// Seconds run down, each with a ring that closes.
const scene = makeScene2D('countdown', function* (view) {
  const from = useScene().variables.get('from', 5)();
  const ring = createRef<Circle>();
  const number = createRef<Txt>();

  view.fill('#14213d');
  view.add(
    <>
      <Circle size={640} stroke={'#ffffff20'} lineWidth={36} />
      <Circle ref={ring} size={640} stroke={'#fca311'} lineWidth={36} lineCap={'round'} startAngle={-90} endAngle={-90} />
      <Txt ref={number} fontSize={320} fontWeight={700} fill={'white'} />
    </>,
  );

  for (let left = from; left > 0; left--) {
    number().text(`${left}`).scale(0.4).opacity(0);
    ring().endAngle(-90);
    yield* all(
      number().scale(1, 0.35, easeOutBack),
      number().opacity(1, 0.15),
      ring().endAngle(270, 1, linear),
    );
  }
  number().text('Go');
  yield* all(number().scale(1.3, 0.5, easeOutBack), ring().stroke('#90be6d', 0.3));
  yield* waitFor(0.5);
});

export default makeProject({scenes: [scene]});

/** @jsxImportSource @revideo/2d/lib */
import {Circle, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, createSignal, linear, makeProject, useScene} from '@revideo/core';

// A ring that fills while a number counts: something changes in every frame.
const scene = makeScene2D('counter', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#0b132b');
  const count = createSignal(0);
  const part = createSignal(0);
  const number = createRef<Txt>();
  view.add(
    <>
      <Circle size={560} stroke={'#1c2541'} lineWidth={44} />
      <Circle size={560} stroke={'#5bc0be'} lineWidth={44} lineCap={'round'} startAngle={-90} endAngle={() => -90 + 360 * part()} />
      <Txt ref={number} fontFamily={'Liberation Sans'} fontWeight={700} fontSize={140} fill={'white'} />
      <Txt y={110} fontFamily={'Liberation Sans'} fontSize={44} fill={'#5bc0be'} text={'downloads'} />
    </>,
  );
  // Not in the node above: Revideo cannot make what a reactive text needs while it draws.
  number().text(() => count().toFixed(0));
  for (let cycle = 0; cycle < cycles; cycle++) {
    part(0);
    yield* all(part(1, 3.9, linear), count((cycle + 1) * 4321, 3.9, linear));
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1280, y: 720}}}});

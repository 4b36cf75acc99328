import {makeScene2D, Rect, Txt} from '@revideo/2d';
import {any, cancel, createRef, createSignal, join, linear, makeProject, spawn, useThread, waitFor} from '@revideo/core';

export const frames = [0, 1, 7, 12, 17];

const scene = makeScene2D('concurrency', function* (view) {
  const box = createRef<Rect>();
  const steps = createSignal(0);
  const label = createRef<Txt>();
  const thread = useThread();
  view.add(
    <>
      <Rect ref={box} x={-100} size={40} fill={'crimson'} />
      <Txt ref={label} y={60} fontSize={24} fill={'black'} text={'steps'} />
      <Rect y={-60} height={10} width={() => thread.time() * 200 + 1} fill={'navy'} />
    </>,
  );
  label().text(() => `steps ${steps()}`);
  function* count() {
    while (true) {
      steps(steps() + 1);
      yield;
    }
  }
  const counter = yield count();
  const slide = yield box().x(100, 0.4, linear);
  spawn(box().rotation(90, 0.2));
  yield* waitFor(0.2);
  cancel(counter);
  yield* join(slide);
  yield* any(waitFor(0.1), box().y(-40, 0.5, linear));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

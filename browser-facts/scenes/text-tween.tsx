import {makeScene2D, Txt} from '@revideo/2d';
import {createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 12, 18, 24];

const scene = makeScene2D('text-tween', function* (view) {
  const title = createRef<Txt>();
  const number = createRef<Txt>();
  view.add(
    <>
      <Txt ref={title} y={-40} fontSize={36} fill={'black'} />
      <Txt ref={number} y={40} fontSize={36} fill={'navy'} text={'from here'} />
    </>,
  );
  yield number().text('to somewhere', 0.6, linear);
  yield* title().text('typed out', 0.8, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {makeScene2D, Rect, Txt} from '@revideo/2d';
import {createRef, makeProject, waitFor} from '@revideo/core';

export const frames = [0, 5];

const scene = makeScene2D('cached-change', function* (view) {
  const word = createRef<Txt>();
  const box = createRef<Rect>();
  view.add(
    <>
      <Txt y={-40} fontSize={40} fill={'navy'} shadowColor={'black'} shadowBlur={8}>
        first <Txt ref={word} text={'second'} />
      </Txt>
      <Rect y={40} width={200} height={50} fill={'#dddddd'} opacity={0.8}>
        <Rect x={-60} size={30} fill={'teal'} />
        <Rect ref={box} x={60} size={30} fill={'teal'} />
      </Rect>
    </>,
  );
  yield* waitFor(0.1);
  word().fill('crimson');
  box().fill('crimson');
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

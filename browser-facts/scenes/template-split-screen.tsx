import {Rect, Img, Txt, Line, makeScene2D} from '@revideo/2d';
import {all, createSignal, easeInOutCubic, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 5, 9, 14, 19];

const scene = makeScene2D('template-split-screen', function* (view) {
  const at = createSignal(0);
  yield view.add(
    <>
      <Rect size={[320, 180]} clip>
        <Img src={'/photo.jpg'} width={330} />
      </Rect>
      <Rect x={() => at() / 2 + 80} width={() => 160 - at()} height={180} clip fill={'#222'}>
        <Txt fontSize={30} fill={'white'} text={'After'} />
      </Rect>
      <Line points={() => [[at(), -90], [at(), 90]]} stroke={'white'} lineWidth={4} />
    </>,
  );
  yield* all(at(100, 0.3, easeInOutCubic));
  yield* at(-100, 0.3, easeInOutCubic);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

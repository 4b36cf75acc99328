import {Rect, Txt, Layout, makeScene2D} from '@revideo/2d';
import {all, createRef, createSignal, easeInOutCubic, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 6, 10, 17];

const scene = makeScene2D('template-progress', function* (view) {
  const value = createSignal(0);
  const label = createRef<Txt>();
  view.fill('#222');
  view.add(
    <Layout layout direction={'column'} gap={8} alignItems={'center'}>
      <Rect width={240} height={22} radius={11} fill={'#444'} clip>
        <Rect width={() => `${value() * 100}%`} height={'100%'} fill={'#06d6a0'} />
      </Rect>
      <Txt ref={label} fontSize={20} fill={'white'} text={'0 %'} />
    </Layout>,
  );
  label().text(() => `${Math.round(value() * 100)} %`);
  yield* all(value(0.87, 0.5, easeInOutCubic));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

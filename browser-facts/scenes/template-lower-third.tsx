import {Rect, Txt, Layout, makeScene2D} from '@revideo/2d';
import {all, chain, createRef, easeOutCubic, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 6, 14, 20];

const scene = makeScene2D('template-lower-third', function* (view) {
  const bar = createRef<Rect>();
  const name = createRef<Txt>();
  const role = createRef<Txt>();
  view.fill('#1d3557');
  view.add(
    <Rect ref={bar} layout clip direction={'column'} offset={[-1, 1]} position={[-150, 70]} width={0} height={56} fill={'#e63946'} padding={[6, 12]} gap={2} radius={[0, 12, 12, 0]}>
      <Txt ref={name} text={'Ada Lovelace'} fontSize={20} fontWeight={700} fill={'white'} opacity={0} />
      <Txt ref={role} text={'Mathematician'} fontSize={13} fill={'#f1faee'} opacity={0} />
      <Layout grow={1} />
    </Rect>,
  );
  yield* chain(bar().width(190, 0.4, easeOutCubic), all(name().opacity(1, 0.2), role().opacity(1, 0.3)));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

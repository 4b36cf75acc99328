import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInOutQuad, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 5, 14];

const scene = makeScene2D('template-quote', function* (view) {
  const box = createRef<Rect>();
  const text = createRef<Txt>();
  view.fill('#f1faee');
  view.add(
    <Rect ref={box} layout direction={'column'} alignItems={'end'} width={240} padding={16} gap={8} fill={'white'} radius={14} shadowColor={'#0003'} shadowBlur={16} shadowOffset={[0, 6]} scale={0.8} opacity={0}>
      <Txt ref={text} width={'100%'} textWrap fontSize={17} lineHeight={24} fill={'#1d3557'} fontStyle={'italic'} text={'The Analytical Engine weaves algebraic patterns.'} />
      <Rect size={[40, 3]} fill={'#e63946'} />
      <Txt fontSize={12} fill={'#457b9d'} text={'— A. L.'} />
    </Rect>,
  );
  yield* all(box().scale(1, 0.4, easeInOutQuad), box().opacity(1, 0.3));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Layout, Rect, Txt, Circle, makeScene2D} from '@revideo/2d';
import {createRef, all, waitFor, easeOutCubic, makeProject} from '@revideo/core';

export const frames = [0, 5, 10, 12, 16];

const scene = makeScene2D('template-scoreboard', function* (view) {
  const score = createRef<Txt>();
  const board = createRef<Rect>();
  view.fill('#14213d');
  view.add(
    <Rect ref={board} layout gap={14} padding={[10, 18]} radius={30} fill={'#000000aa'} alignItems={'center'} y={-120}>
      <Circle size={26} fill={'#fca311'} />
      <Txt text={'HOME'} fontSize={18} fill={'white'} />
      <Txt ref={score} text={'0 : 0'} fontSize={26} fontWeight={700} fill={'#fca311'} />
      <Txt text={'AWAY'} fontSize={18} fill={'white'} />
      <Circle size={26} fill={'#e5e5e5'} />
    </Rect>,
  );
  yield* board().position.y(-50, 0.3, easeOutCubic);
  score().text('1 : 0');
  yield* all(score().scale(1.3, 0.1).to(1, 0.1));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Node, Rect, Txt, Circle, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInOutCubic, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 7, 12, 20];

const scene = makeScene2D('template-reveal', function* (view) {
  const mask = createRef<Circle>();
  view.fill('#fefae0');
  view.add(
    <Node cache>
      <Circle ref={mask} size={0} fill={'black'} />
      <Node compositeOperation={'source-in'} cache>
        <Rect size={[320, 180]} fill={'#bc6c25'} />
        <Txt text={'REVEAL'} fontSize={60} fontWeight={700} fill={'#fefae0'} />
      </Node>
    </Node>,
  );
  yield* all(mask().size(380, 0.6, easeInOutCubic), mask().position.x(40, 0.6));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {createRef, linear, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 3, 7, 11, 14];

const scene = makeScene2D('list-grows', function* (view) {
  const list = createRef<Layout>();
  view.fill('#fff');
  view.add(<Layout ref={list} layout direction={'column'} gap={6} width={200} offset={[0, -1]} y={-80} />);
  for (const [index, name] of ['one', 'two', 'three', 'four'].entries()) {
    const row = createRef<Rect>();
    list().add(
      <Rect ref={row} clip height={0} fill={`hsl(${index * 60}, 60%, 80%)`} radius={6} padding={[0, 8]} alignItems={'center'}>
        <Txt text={name} fontSize={16} fill={'#222'} />
      </Rect>,
    );
    yield* row().height(30, 0.1, linear);
  }
  list().insert(<Rect height={8} fill={'black'} />, 2);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

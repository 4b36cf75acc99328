import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeOutCubic, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 3, 7, 11, 15];

const scene = makeScene2D('template-chat', function* (view) {
  const list = createRef<Layout>();
  const messages = [
    ['Is it rendered?', true],
    ['Without a browser!', false],
    ['Nice.', true],
  ] as const;
  view.fill('#e5ddd5');
  view.add(<Layout ref={list} layout direction={'column'} gap={8} width={280} />);
  for (const [text, mine] of messages) {
    const bubble = createRef<Rect>();
    list().add(
      <Rect ref={bubble} padding={[6, 12]} radius={12} fill={mine ? '#dcf8c6' : 'white'} alignSelf={mine ? 'end' : 'start'} opacity={0} scale={0.8}>
        <Txt text={text} fontSize={16} fill={'#222'} />
      </Rect>,
    );
    yield* all(bubble().opacity(1, 0.15), bubble().scale(1, 0.15, easeOutCubic));
  }
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

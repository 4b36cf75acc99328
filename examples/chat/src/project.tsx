import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeOutBack, easeOutCubic, makeProject, useScene, waitFor} from '@revideo/core';

import talk from './talk.json';

// A conversation for a phone's screen: each message comes in, the ones before move up.
const scene = makeScene2D('chat', function* (view) {
  const messages = useScene().variables.get('messages', talk)();
  const list = createRef<Layout>();

  view.fill('#e9ecef');
  view.add(<Layout ref={list} y={780} />);

  let height = 0;
  for (const {me, text} of messages) {
    const box = createRef<Rect>();
    list().add(
      <Rect
        ref={box}
        layout
        padding={[30, 42]}
        maxWidth={760}
        radius={me ? [48, 48, 10, 48] : [48, 48, 48, 10]}
        fill={me ? '#1982c4' : 'white'}
        offset={[me ? 1 : -1, 1]}
        x={me ? 460 : -460}
        shadowColor={'#00000022'}
        shadowBlur={20}
        shadowOffset={[0, 6]}
      >
        <Txt text={text} fontSize={52} fill={me ? 'white' : '#212529'} textWrap />
      </Rect>,
    );
    height += box().height() + 36;
    box().y(height).scale(0.6).opacity(0);
    yield* all(
      list().y(780 - height, 0.4, easeOutCubic),
      box().scale(1, 0.4, easeOutBack),
      box().opacity(1, 0.2),
    );
    yield* waitFor(0.5 + text.length * 0.025);
  }
  yield* waitFor(1);
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 1080, y: 1920}}},
});

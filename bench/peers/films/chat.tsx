/** @jsxImportSource @revideo/2d/lib */
import {Circle, Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeOutBack, easeOutCubic, makeProject, useScene, waitFor} from '@revideo/core';

// Bubbles of a conversation pop up one after another and push the older ones upwards.
const lines = ['Are you there?', 'Nearly, two minutes', 'The film begins at eight', 'I have the tickets', 'Bring a coat, it is cold', 'See you at the door'];

const scene = makeScene2D('chat', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#e5ddd5');
  const list = createRef<Layout>();
  view.add(<Layout ref={list} />);
  for (let index = 0; index < cycles * 5; index++) {
    const mine = index % 2 === 1;
    const bubble = createRef<Rect>();
    list().add(
      <Rect ref={bubble} layout x={mine ? 120 : -120} y={620 - list().y()} padding={[28, 40]} gap={20} radius={36} alignItems={'center'} scale={0} fill={mine ? '#dcf8c6' : 'white'}>
        <Circle size={36} fill={mine ? '#25d366' : '#34b7f1'} />
        <Txt fontFamily={'Liberation Sans'} fontSize={50} fill={'#222222'} text={`${lines[index % lines.length]} (${index + 1})`} />
      </Rect>,
    );
    yield* all(list().position.y(list().y() - 160, 0.3, easeOutCubic), bubble().scale(1, 0.3, easeOutBack));
    yield* waitFor(0.5);
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1080, y: 1920}}}});

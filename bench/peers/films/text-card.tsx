/** @jsxImportSource @revideo/2d/lib */
import {Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInOutCubic, easeOutCubic, makeProject, useScene, waitFor} from '@revideo/core';

// A card slides in with a title and a line beneath, rests, and leaves.
const words = ['Good morning', 'Fresh coffee', 'Open at eight', 'Back at noon', 'See you soon'];

const scene = makeScene2D('text-card', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#14213d');
  for (let cycle = 0; cycle < cycles; cycle++) {
    const card = createRef<Rect>();
    const line = createRef<Txt>();
    view.add(
      <Rect ref={card} layout direction={'column'} alignItems={'center'} gap={28} padding={[70, 110]} radius={32} fill={'#fca311'} y={900} >
        <Txt fontFamily={'Liberation Sans'} fontWeight={700} fontSize={120} fill={'#14213d'} text={words[cycle % words.length]} />
        <Txt ref={line} fontFamily={'Liberation Sans'} fontSize={52} fill={'#14213d'} opacity={0} text={`Number ${cycle + 1} of the day`} />
      </Rect>,
    );
    yield* card().position.y(0, 0.8, easeOutCubic);
    yield* line().opacity(1, 0.5);
    yield* waitFor(1.7);
    yield* all(card().position.x(-2200, 0.8, easeInOutCubic), card().rotation(-12, 0.8));
    card().remove();
    yield* waitFor(0.2);
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}}});

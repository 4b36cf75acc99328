/** @jsxImportSource @revideo/2d/lib */
import {Rect, Txt, makeScene2D} from '@revideo/2d';
import {createRef, easeOutBack, makeProject, useScene, waitFor} from '@revideo/core';

// Captions as short videos have them, upright: three words at a time, the spoken one coloured and larger.
const speech = (
  'you will not believe what happened when we left the old boat on the quiet beach last summer ' +
  'nobody had seen the tide come in so fast and the keys were still in my other coat'
).split(' ');

const scene = makeScene2D('captions', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#2b2d42');
  view.add(<Rect size={[1000, 1000]} radius={60} fill={'#8d99ae'} y={-260} />);
  let spoken = 0;
  for (let line = 0; line < cycles * 5; line++) {
    const words = [0, 1, 2].map(index => speech[(line * 3 + index) % speech.length]);
    const row = createRef<Rect>();
    view.add(
      <Rect ref={row} layout gap={26} y={560} alignItems={'center'} justifyContent={'center'} height={160}>
        {words.map(word => (
          <Txt fontFamily={'Liberation Sans'} fontWeight={700} fontSize={92} fill={'white'} stroke={'black'} lineWidth={14} strokeFirst text={word} />
        ))}
      </Rect>,
    );
    for (const word of row().childrenAs<Txt>()) {
      word.fill('#ffd60a');
      yield* word.scale(1.15, 0.12, easeOutBack);
      yield* waitFor(0.1 + (spoken++ % 3) * 0.04);
      word.fill('white');
      word.scale(1);
    }
    row().remove();
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1080, y: 1920}}}});

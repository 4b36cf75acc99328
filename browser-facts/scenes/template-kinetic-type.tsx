import {Txt, Layout, makeScene2D} from '@revideo/2d';
import {all, createRefArray, easeOutBack, sequence, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 4, 9, 14, 20];

const scene = makeScene2D('template-kinetic-type', function* (view) {
  const letters = createRefArray<Txt>();
  view.fill('#240046');
  view.add(
    <Layout layout gap={2}>
      {[...'MOTION'].map((letter, i) => <Txt ref={letters} text={letter} fontSize={44} fontWeight={700} fill={`hsl(${280 + i * 20}, 80%, 75%)`} scale={0} />)}
    </Layout>,
  );
  yield* sequence(0.06, ...letters.map(letter => all(letter.scale(1, 0.3, easeOutBack), letter.rotation(-20, 0.1).to(0, 0.2))));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

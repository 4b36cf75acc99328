import {Layout, makeScene2D, Rect, Txt} from '@revideo/2d';
import {createRefArray, createSignal, makeProject, waitFor} from '@revideo/core';

export const frames = [0, 7, 14];

const words = ['Every', 'spoken', 'word', 'lights', 'up'];

const scene = makeScene2D('captions', function* (view) {
  view.fill('#101820');
  const refs = createRefArray<Txt>();
  const current = createSignal(0);
  const line = (
    <Txt width={260} fontSize={34} fontWeight={700} textWrap textAlign={'center'} fill={'white'} />
  ) as Txt;
  view.add(line);
  line.add(words.map((word, i) => <Txt ref={refs} fill={() => (current() === i ? 'gold' : 'white')} text={`${word} `} />));
  view.add(
    <Rect
      zIndex={-1}
      fill={'#e13238'}
      radius={6}
      size={() => refs[current()].size().add([10, 4])}
      position={() => refs[current()].position()}
    />,
  );
  view.add(<Layout />);
  for (const i of words.keys()) {
    current(i);
    yield* waitFor(0.1);
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

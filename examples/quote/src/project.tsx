import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, createRefArray, easeOutCubic, makeProject, sequence, useScene, waitFor} from '@revideo/core';

// A saying for a square post, a word at a time.
const scene = makeScene2D('quote', function* (view) {
  const {variables} = useScene();
  const text = variables.get('text', 'Programs must be written for people to read, and only incidentally for machines to execute.')();
  const words = createRefArray<Txt>();
  const by = createRef<Txt>();
  const rule = createRef<Rect>();

  view.fill('#264653');
  view.add(
    <>
      <Layout layout wrap={'wrap'} width={860} columnGap={22} rowGap={6} justifyContent={'start'} y={-60}>
        {text.split(' ').map(word => (
          <Txt ref={words} text={word} fontSize={84} fontWeight={700} fill={'#f1faee'} opacity={0} />
        ))}
      </Layout>
      <Rect ref={rule} size={[0, 6]} fill={'#e9c46a'} offset={[-1, 0]} position={[-430, 350]} />
      <Txt ref={by} text={variables.get('by', 'Abelson and Sussman')()} fontSize={48} fill={'#e9c46a'} offset={[-1, 0]} position={[-430, 410]} opacity={0} />
    </>,
  );

  yield* sequence(0.12, ...words.map(word => word.opacity(1, 0.5)));
  yield* all(rule().width(260, 0.6, easeOutCubic), by().opacity(1, 0.6));
  yield* waitFor(2);
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 1080, y: 1080}}},
});

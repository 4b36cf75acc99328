import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInCubic, easeOutCubic, makeProject, useScene, waitFor} from '@revideo/core';

// A name and what its bearer does, to be laid over a video: nothing else is drawn.
// `kinora render src/project.tsx -o overlay.webm` (or .mov) keeps the opacity.
const scene = makeScene2D('lower-third', function* (view) {
  const {variables} = useScene();
  const bar = createRef<Rect>();
  const texts = createRef<Layout>();
  const left = -view.width() / 2 + 140;

  view.add(
    <>
      <Rect ref={bar} fill={variables.get('color', '#ffb703')()} size={[0, 12]} offset={[-1, 0]} position={[left, 400]} />
      <Rect clip size={[1200, 190]} offset={[-1, 1]} position={[left, 380]}>
        <Layout ref={texts} layout direction={'column'} gap={4} offset={[-1, 0]} position={[-600, 200]}>
          <Txt text={variables.get('name', 'Grace Hopper')()} fontSize={96} fontWeight={700} fill={'white'}
            shadowColor={'#000000a0'} shadowBlur={24} />
          <Txt text={variables.get('role', 'wrote the first compiler')()} fontSize={52} fill={'white'}
            shadowColor={'#000000a0'} shadowBlur={24} />
        </Layout>
      </Rect>
    </>,
  );

  yield* bar().width(760, 0.5, easeOutCubic);
  yield* texts().y(0, 0.5, easeOutCubic);
  yield* waitFor(3);
  yield* all(texts().y(200, 0.4, easeInCubic), bar().width(0, 0.6, easeInCubic));
  yield* waitFor(0.2);
});

export default makeProject({scenes: [scene]});

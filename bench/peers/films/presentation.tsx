/** @jsxImportSource @revideo/2d/lib */
import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {createRef, createRefArray, makeProject, sequence, useScene, waitFor} from '@revideo/core';

// Slides with a headline and four points that appear; most frames stand still.
const points = ['Draw once', 'Keep what holds', 'Encode what moves', 'Join at the end', 'Ask no browser', 'Measure it twice'];

const scene = makeScene2D('presentation', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#fdfcdc');
  for (let cycle = 0; cycle < cycles; cycle++) {
    const slide = createRef<Layout>();
    const rows = createRefArray<Layout>();
    view.add(
      <Layout ref={slide} layout direction={'column'} gap={44} width={1500} opacity={0}>
        <Txt fontFamily={'Liberation Serif'} fontWeight={700} fontSize={104} fill={'#0081a7'} text={`Chapter ${cycle + 1}`} />
        {[0, 1, 2, 3].map(index => (
          <Layout ref={rows} gap={30} alignItems={'center'} opacity={0}>
            <Rect size={[34, 34]} radius={8} fill={'#f07167'} />
            <Txt fontFamily={'Liberation Serif'} fontSize={64} fill={'#333333'} text={points[(cycle + index) % points.length]} />
          </Layout>
        ))}
      </Layout>,
    );
    yield* slide().opacity(1, 0.3);
    yield* sequence(0.5, ...rows.map(row => row.opacity(1, 0.25)));
    yield* waitFor(1.55);
    yield* slide().opacity(0, 0.3);
    slide().remove();
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}}});

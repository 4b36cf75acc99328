import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRefArray, easeOutBack, sequence, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 6, 11, 22];

const scene = makeScene2D('template-bars', function* (view) {
  const bars = createRefArray<Rect>();
  const values = [30, 80, 55, 100, 70];
  view.fill('white');
  view.add(
    <Layout layout gap={14} height={140} alignItems={'end'}>
      {values.map((value, i) => (
        <Layout direction={'column'} gap={4} alignItems={'center'}>
          <Rect ref={bars} width={30} height={0} fill={`hsl(${200 + i * 25}, 70%, 50%)`} radius={[6, 6, 0, 0]} />
          <Txt text={`${value}`} fontSize={13} fill={'#333'} />
        </Layout>
      ))}
    </Layout>,
  );
  yield* sequence(0.08, ...bars.map((bar, i) => bar.height(values[i], 0.4, easeOutBack)));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

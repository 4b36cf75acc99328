import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRefArray, sequence, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 4, 8, 14];

const scene = makeScene2D('template-data-table', function* (view) {
  const rows = createRefArray<Rect>();
  const data = [['Lisbon', 21, 'gold'], ['Oslo', 8, 'skyblue'], ['Cairo', 34, 'tomato']] as const;
  view.fill('#fafafa');
  view.add(
    <Layout layout direction={'column'} gap={6} width={260}>
      {data.map(([city, degrees, color]) => (
        <Rect ref={rows} fill={'white'} radius={6} padding={[6, 10]} justifyContent={'space-between'} alignItems={'center'} opacity={0} lineWidth={1} stroke={'#ddd'}>
          <Txt text={city} fontSize={15} fill={'#333'} />
          <Layout gap={8} alignItems={'center'}>
            <Rect width={degrees * 2} height={8} radius={4} fill={color} />
            <Txt text={`${degrees}°`} fontSize={15} fontWeight={700} fill={'#333'} />
          </Layout>
        </Rect>
      ))}
    </Layout>,
  );
  yield* sequence(0.1, ...rows.map(row => all(row.opacity(1, 0.2), row.margin.left(20, 0.2))));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

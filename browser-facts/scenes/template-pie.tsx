import {Circle, Txt, Node, Layout, Rect, makeScene2D} from '@revideo/2d';
import {all, createSignal, easeInOutCubic, waitFor, makeProject} from '@revideo/core';

export const frames = [3, 9, 15, 20];

const scene = makeScene2D('template-pie', function* (view) {
  const grown = createSignal(0);
  const parts = [
    [0.45, '#264653'],
    [0.3, '#2a9d8f'],
    [0.25, '#e9c46a'],
  ] as const;
  let from = 0;
  view.fill('white');
  view.add(
    <Node x={-60} rotation={-90}>
      {parts.map(([share, color]) => {
        const start = from;
        from += share;
        return <Circle closed size={120} fill={color} startAngle={() => start * 360 * grown()} endAngle={() => (start + share) * 360 * grown()} />;
      })}
    </Node>,
  );
  view.add(
    <Layout layout direction={'column'} gap={8} x={90}>
      {parts.map(([share, color]) => (
        <Layout gap={8} alignItems={'center'}>
          <Rect size={14} fill={color} />
          <Txt fontSize={16} text={`${share * 100} %`} />
        </Layout>
      ))}
    </Layout>,
  );
  yield* all(grown(1, 0.6, easeInOutCubic));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

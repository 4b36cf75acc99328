import {Circle, Gradient, Layout, Line, makeScene2D, Node, Rect, Spline, Txt} from '@revideo/2d';
import {all, createRef, createRefArray, linear, makeProject, range, sequence, waitFor} from '@revideo/core';

export const frames = [0, 8, 16, 25];

const scene = makeScene2D('chart', function* (view) {
  const curve = createRef<Line>();
  const bars = createRefArray<Rect>();
  const panel = createRef<Layout>();
  const points = range(300).map(i => [-70 + i * 0.4, Math.sin(i / 25) * 20 - i * 0.05] as [number, number]);
  view.fill('#f8f9fb');
  view.add(
    <>
      <Node x={-80} y={-30}>
        <Line points={points} stroke={'#4361ee'} lineWidth={3} ref={curve} end={0} lineCap={'round'} lineJoin={'round'} />
        <Spline
          points={[[-70, 60], [-40, 20], [0, 40], [50, 10], [50, 60]]}
          closed
          smoothness={0.2}
          fill={new Gradient({from: [0, 10], to: [0, 60], stops: [{offset: 0, color: '#4cc9f0aa'}, {offset: 1, color: '#4cc9f000'}]})}
        />
        <Circle size={10} fill={'#f72585'} position={() => curve().getPointAtPercentage(curve().end()).position} />
      </Node>
      <Layout ref={panel} layout x={80} y={20} direction={'column'} gap={6} padding={10} alignItems={'start'} offset={[0, 0.2]}>
        <Txt text={'Sales'} fontSize={18} fill={'#222'} fontWeight={700} />
        {range(4).map(i => (
          <Layout gap={6} alignItems={'center'} margin={[0, 0, 2, 0]}>
            <Txt text={`Q${i + 1}`} fontSize={12} fill={'#555'} />
            <Rect ref={bars} width={0} height={12} fill={'#4361ee'} radius={3} />
          </Layout>
        ))}
      </Layout>
    </>,
  );
  yield curve().end(1, 0.5, linear);
  yield* sequence(0.1, ...bars.map((bar, i) => bar.width(40 + i * 20, 0.3)));
  yield* all(panel().gap(12, 0.2), bars[3].fill('#f7258580', 0.2), bars[2].margin.left(10, 0.2), panel().offset.y(-0.2, 0.2));
  yield* waitFor(0.05);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

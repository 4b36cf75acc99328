/** @jsxImportSource @revideo/2d/lib */
import {Line, Node, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRefArray, easeInOutCubic, linear, makeProject, range, sequence, useScene, waitFor} from '@revideo/core';

// Ten bars with labels grow, change twice, and stand still in between.
const value = (bar: number, step: number) => 120 + ((bar * 7919 + step * 104729) % 613);

const scene = makeScene2D('bar-chart', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#f7f7f2');
  view.add(<Txt y={-450} fontFamily={'Liberation Sans'} fontWeight={700} fontSize={64} fill={'#22223b'} text={'Visitors by month'} />);
  view.add(range(6).map(row => <Line points={[[-800, 380 - row * 130], [800, 380 - row * 130]]} stroke={'#c9c9d6'} lineWidth={2} />));
  const bars = createRefArray<Rect>();
  const labels = createRefArray<Txt>();
  view.add(
    range(10).map(bar => (
      <Node>
        <Rect ref={bars} x={-720 + bar * 160} y={380} offsetY={1} width={110} height={0} radius={[14, 14, 0, 0]} fill={`hsl(${200 + bar * 12}, 60%, 50%)`} />
        <Txt ref={labels} x={-720 + bar * 160} y={340} fontFamily={'Liberation Sans'} fontSize={36} fill={'#22223b'} text={'0'} />
        <Txt x={-720 + bar * 160} y={430} fontFamily={'Liberation Sans'} fontSize={34} fill={'#4a4e69'} text={'JFMAMJJASO'[bar]} />
      </Node>
    )),
  );
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const step of [0, 1]) {
      yield* sequence(
        0.05,
        ...bars.map((bar, index) => {
          const next = value(index, cycle * 2 + step);
          const before = bar.height();
          return all(
            bar.height(next, 0.8, easeInOutCubic),
            labels[index].position.y(380 - next - 34, 0.8, easeInOutCubic),
            labels[index].text(`${next}`, 0.8, linear, (from, to, progress) => `${Math.round(before + (next - before) * progress)}`),
          );
        }),
      );
      yield* waitFor(0.75);
    }
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}}});

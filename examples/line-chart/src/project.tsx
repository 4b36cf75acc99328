import {Circle, Grid, Line, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, createSignal, easeOutBack, linear, makeProject, sequence, useScene, waitFor} from '@revideo/core';

const WIDTH = 1400;
const HEIGHT = 600;

// A line that draws itself, with a number that counts along.
const scene = makeScene2D('line-chart', function* (view) {
  const {variables} = useScene();
  const values = variables.get('values', [12, 19, 17, 28, 34, 31, 45, 58, 54, 72])();
  const most = Math.max(...values);
  const points = values.map((value, index): [number, number] => [
    (index / (values.length - 1) - 0.5) * WIDTH,
    (0.5 - value / most) * HEIGHT,
  ]);
  const line = createRef<Line>();
  const shown = createSignal(values[0]);
  const dots = points.map(() => createRef<Circle>());

  view.fill('#f8f9fa');
  view.add(
    <>
      <Txt text={variables.get('title', 'Orders a day')()} fontSize={64} fontWeight={700} fill={'#212529'} position={[-700, -440]} offset={[-1, 0]} />
      <Txt text={() => shown().toFixed(0)} fontSize={120} fontWeight={700} fill={'#1971c2'} position={[700, -430]} offset={[1, 0]} />
      <Grid size={[WIDTH, HEIGHT]} spacing={[WIDTH / (values.length - 1), HEIGHT / 5]} stroke={'#dee2e6'} lineWidth={3} y={60} />
      <Line ref={line} points={points} y={60} stroke={'#1971c2'} lineWidth={12} lineCap={'round'} lineJoin={'round'} end={0} />
      {points.map(([x, y], index) => (
        <Circle ref={dots[index]} position={[x, y + 60]} size={34} fill={'white'} stroke={'#1971c2'} lineWidth={8} scale={0} />
      ))}
    </>,
  );

  yield* all(
    line().end(1, 3, linear),
    shown(values[values.length - 1], 3, linear),
    sequence(3 / (points.length - 1), ...dots.map(dot => dot().scale(1, 0.5, easeOutBack))),
  );
  yield* waitFor(1.5);
});

export default makeProject({scenes: [scene]});

import {Line, Txt, Rect, Grid, makeScene2D} from '@revideo/2d';
import {createRef, createSignal, linear, range, makeProject} from '@revideo/core';

export const frames = [0, 6, 12, 17];

const scene = makeScene2D('template-stock-line', function* (view) {
  const end = createSignal(0);
  const line = createRef<Line>();
  const points = range(30).map(i => [i * 9 - 130, 20 - i * 2 + Math.sin(i) * 14] as [number, number]);
  view.fill('#0d1b2a');
  view.add(<Grid size={[300, 140]} spacing={[30, 20]} stroke={'#1b263b'} lineWidth={1} />);
  view.add(<Line ref={line} points={points} stroke={'#00f5d4'} lineWidth={3} lineJoin={'round'} end={() => end()} />);
  view.add(<Rect size={12} rotation={45} fill={'#f15bb5'} position={() => line().getPointAtPercentage(end()).position} />);
  view.add(<Txt x={-110} y={-70} text={'KNR'} fontSize={18} fontWeight={700} fill={'white'} />);
  yield* end(1, 0.6, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

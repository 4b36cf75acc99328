import {Line, Spline, Rect, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 11, 18];

const scene = makeScene2D('tween-start-end', function* (view) {
  const line = createRef<Line>();
  const spline = createRef<Spline>();
  const rect = createRef<Rect>();
  view.add(
    <>
      <Line ref={line} points={[[-140, 60], [-80, -60], [-20, 60]]} stroke={'crimson'} lineWidth={8} lineJoin={'round'} end={0} />
      <Spline ref={spline} points={[[10, 50], [40, -50], [80, 40], [120, -40]]} stroke={'navy'} lineWidth={5} start={1} />
      <Rect ref={rect} size={[300, 160]} stroke={'#bbb'} lineWidth={4} radius={20} start={0.5} end={0.5} />
    </>,
  );
  yield* all(line().end(1, 0.6, linear), spline().start(0, 0.6, linear), rect().start(0, 0.6, linear), rect().end(1, 0.6, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

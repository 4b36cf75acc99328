import {Circle, Line, makeScene2D, Rect} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 12, 18];

const scene = makeScene2D('line-draw', function* (view) {
  const line = createRef<Line>();
  const ring = createRef<Circle>();
  const frame = createRef<Rect>();
  view.add(
    <>
      <Line ref={line} points={[[-140, 60], [-80, -60], [-20, 60], [20, 0]]} radius={10} stroke={'crimson'} lineWidth={6} end={0} endArrow arrowSize={18} />
      <Circle ref={ring} x={80} y={-30} size={80} stroke={'navy'} lineWidth={8} end={0} />
      <Rect ref={frame} x={90} y={55} width={90} height={40} radius={10} stroke={'teal'} lineWidth={4} start={0.5} end={0.5} />
      <Circle size={14} fill={'black'} position={() => line().getPointAtPercentage(line().end()).position} />
    </>,
  );
  yield* all(line().end(1, 0.6, linear), ring().end(1, 0.6, linear), frame().start(0, 0.6, linear), frame().end(1, 0.6, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Line, Circle, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 10, 15];

const scene = makeScene2D('tween-arrows', function* (view) {
  const line = createRef<Line>();
  const arc = createRef<Circle>();
  view.add(
    <>
      <Line ref={line} points={[[-130, 50], [-60, -50], [10, 50]]} stroke={'#222'} lineWidth={6} endArrow startArrow arrowSize={6} end={0.1} />
      <Circle ref={arc} x={90} size={90} stroke={'purple'} lineWidth={6} endArrow arrowSize={14} startAngle={0} endAngle={20} />
    </>,
  );
  yield* all(line().end(1, 0.5, linear), line().arrowSize(18, 0.5, linear), arc().endAngle(280, 0.5, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

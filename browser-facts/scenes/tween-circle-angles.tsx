import {Circle, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 12, 18];

const scene = makeScene2D('tween-circle-angles', function* (view) {
  const left = createRef<Circle>();
  const right = createRef<Circle>();
  view.add(
    <>
      <Circle ref={left} x={-80} size={100} stroke={'tomato'} lineWidth={16} startAngle={-90} endAngle={-90} lineCap={'round'} />
      <Circle ref={right} x={80} size={100} fill={'teal'} closed endAngle={10} />
    </>,
  );
  yield* all(left().endAngle(270, 0.6, linear), right().endAngle(300, 0.6), right().startAngle(60, 0.6));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

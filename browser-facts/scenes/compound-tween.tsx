import {Circle, makeScene2D, Rect, Txt} from '@revideo/2d';
import {all, createRef, DEFAULT, linear, makeProject, Vector2} from '@revideo/core';

export const frames = [0, 5, 10, 15, 19];

const scene = makeScene2D('compound-tween', function* (view) {
  const a = createRef<Rect>();
  const b = createRef<Circle>();
  const c = createRef<Txt>();
  view.add(
    <>
      <Rect ref={a} x={-100} size={50} fill={'teal'} radius={0} />
      <Circle ref={b} x={60} y={-40} size={50} stroke={'black'} lineWidth={2} fill={'gold'} endAngle={10} closed />
      <Txt ref={c} y={60} fontSize={20} fill={'black'} text={'growing'} />
    </>,
  );
  yield* all(
    a().radius([25, 0, 10, 5], 0.6, linear),
    a().position([20, 40], 0.6, linear, Vector2.createPolarLerp()),
    a().opacity(0.3, 0.3).to(1, 0.3),
    a().skew.x(20, 0.6, linear).back(0.1),
    b().endAngle(330, 0.6, linear),
    b().lineWidth(12, 0.6, linear),
    b().fill(DEFAULT, 0.6, linear),
    c().fontSize(50, 0.6, linear),
    c().letterSpacing(6, 0.6, linear),
    c().fill('red', 0.6),
  );
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

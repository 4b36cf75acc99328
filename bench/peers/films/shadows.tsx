/** @jsxImportSource @revideo/2d/lib */
import {Circle, Polygon, Rect, blur, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInOutSine, makeProject, useScene} from '@revideo/core';

// Shapes with soft shadows move over each other; one is blurred and comes into focus.
const scene = makeScene2D('shadows', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#e0e1dd');
  const square = createRef<Rect>();
  const circle = createRef<Circle>();
  const star = createRef<Polygon>();
  view.add(
    <>
      <Circle ref={circle} x={-420} y={60} size={300} fill={'#ff6b6b'} shadowColor={'#00000080'} shadowBlur={40} shadowOffset={[0, 18]} />
      <Rect ref={square} size={260} radius={36} fill={'#4d96ff'} shadowColor={'#00000080'} shadowBlur={30} shadowOffset={[10, 14]} />
      <Polygon ref={star} x={400} sides={6} size={280} fill={'#6bcb77'} filters={[blur(20)]} />
    </>,
  );
  for (let cycle = 0; cycle < cycles; cycle++) {
    const turn = 90 + (cycle % 5) * 10;
    yield* all(
      square().rotation(turn, 2, easeInOutSine).to(0, 1.9, easeInOutSine),
      circle().position.x(380 - (cycle % 7) * 20, 2, easeInOutSine).to(-420, 1.9, easeInOutSine),
      star().position.x(-300 + (cycle % 3) * 30, 2, easeInOutSine).to(400, 1.9, easeInOutSine),
      star().filters.blur(0, 2).to(20, 1.9),
    );
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1280, y: 720}}}});

import {makeScene2D, Rect} from '@revideo/2d';
import {all, chain, createRef, delay, loop, loopFor, makeProject, range, sequence, waitFor} from '@revideo/core';

export const frames = [0, 1, 8, 17, 30, 45, 52];

const scene = makeScene2D('flow', function* (view) {
  const boxes = range(5).map(() => createRef<Rect>());
  view.add(
    <>
      {boxes.map((ref, i) => (
        <Rect ref={ref} x={-120 + i * 60} y={-50} size={40} fill={`hsl(${i * 60}, 80%, 50%)`} />
      ))}
    </>,
  );
  yield loop(Infinity, () => boxes[0]().rotation(boxes[0]().rotation() + 90, 0.25));
  yield* sequence(0.1, ...boxes.slice(1).map(ref => ref().y(50, 0.3)));
  yield* all(chain(boxes[1]().y(0, 0.2), boxes[1]().x(-90, 0.2)), delay(0.15, boxes[2]().scale(0.5, 0.2)));
  yield* loop(3, i => boxes[3]().y(50 - i * 30, 0.1));
  yield* loopFor(0.4, () => boxes[4]().opacity(0.2, 0.1).to(1, 0.1));
  yield* waitFor(0.05);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

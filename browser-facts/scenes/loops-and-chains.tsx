import {Rect, makeScene2D} from '@revideo/2d';
import {chain, createRef, delay, linear, loop, sequence, waitFor, all, makeProject} from '@revideo/core';

export const frames = [0, 3, 6, 10, 14];

const scene = makeScene2D('loops-and-chains', function* (view) {
  const boxes = [0, 1, 2].map(() => createRef<Rect>());
  view.add(boxes.map((ref, i) => <Rect ref={ref} x={i * 80 - 80} size={40} fill={['tomato', 'gold', 'teal'][i]} />));
  yield* all(
    loop(2, () => boxes[0]().rotation(90, 0.15, linear).to(0, 0.1, linear)),
    chain(boxes[1]().position.y(-40, 0.2), waitFor(0.1), boxes[1]().position.y(0, 0.2)),
    delay(0.2, boxes[2]().scale(1.6, 0.3)),
    sequence(0.1, ...boxes.map(ref => ref().opacity(0.5, 0.2))),
  );
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {makeScene2D, Rect} from '@revideo/2d';
import {Color, createRefArray, linear, makeProject} from '@revideo/core';

export const frames = [0, 4, 8, 12, 16];

const pairs = [['red', 'blue'], ['black', 'white'], ['#00ff00', '#ff00ff'], ['rgba(255, 128, 0, 0.2)', 'navy'], ['yellow', 'teal'], ['white', 'crimson']];

const scene = makeScene2D('tween-color', function* (view) {
  const boxes = createRefArray<Rect>();
  view.add(
    <>
      {pairs.map(([from], i) => (
        <Rect ref={boxes} x={-100 + (i % 3) * 100} y={i < 3 ? -45 : 45} size={80} fill={from} />
      ))}
    </>,
  );
  for (let i = 1; i < pairs.length; i++) {
    yield boxes[i].fill(pairs[i][1], 0.5, linear);
  }
  yield* boxes[0].fill(pairs[0][1], 0.5, linear, Color.createLerp('rgb'));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Rect, makeScene2D} from '@revideo/2d';
import {all, createRef, Color, createSignal, linear, makeProject} from '@revideo/core';

export const frames = [0, 4, 8, 13];

const scene = makeScene2D('colour-spaces', function* (view) {
  const boxes = [0, 1, 2].map(() => createRef<Rect>());
  view.add(boxes.map((ref, i) => <Rect ref={ref} x={i * 90 - 90} size={70} fill={'#ff0000'} />));
  const t = createSignal(0);
  boxes[1]().fill(() => Color.lerp(new Color('gold'), new Color('navy'), t(), 'rgb'));
  boxes[2]().fill(() => Color.lerp(new Color('#33cc33'), new Color('#003300'), t(), 'lab'));
  yield* all(boxes[0]().fill('#0000ff', 0.5, linear), t(1, 0.5, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Rect, Line, Circle, makeScene2D} from '@revideo/2d';
import {createSignal, linear, makeProject} from '@revideo/core';

export const frames = [0, 4, 9, 14];

const scene = makeScene2D('signals-of-signals', function* (view) {
  const angle = createSignal(0);
  const x = () => Math.cos((angle() * Math.PI) / 180) * 60;
  const y = () => Math.sin((angle() * Math.PI) / 180) * 60;
  view.add(
    <>
      <Circle size={120} stroke={'#bbb'} lineWidth={2} />
      <Line points={() => [[0, 0], [x(), y()]]} stroke={'navy'} lineWidth={4} />
      <Circle position={() => [x(), y()]} size={16} fill={'tomato'} />
      <Rect x={120} height={() => Math.abs(y()) + 4} width={20} fill={'teal'} />
    </>,
  );
  yield* angle(300, 0.5, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

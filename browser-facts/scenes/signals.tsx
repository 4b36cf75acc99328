import {Circle, Line, makeScene2D, Txt} from '@revideo/2d';
import {createRef, createSignal, linear, makeProject, Vector2} from '@revideo/core';

export const frames = [0, 6, 12, 18];

const scene = makeScene2D('signals', function* (view) {
  const radius = createSignal(20);
  const area = createSignal(() => Math.PI * radius() ** 2);
  const label = createRef<Txt>();
  const tip = Vector2.createSignal([0, -60]);
  view.add(
    <>
      <Circle x={-90} size={() => radius() * 2} fill={() => (radius() > 40 ? 'crimson' : 'steelblue')} />
      <Txt ref={label} x={70} y={60} fontSize={24} fill={'black'} text={'area'} />
      <Line points={[[20, 20], () => tip(), [130, 20]]} stroke={'black'} lineWidth={4} closed fill={'gold'} />
      <Circle position={tip} size={12} fill={'red'} opacity={() => radius() / 60} />
    </>,
  );
  label().text(() => `area ${area().toFixed(1)}`);
  yield tip([140, -70], 0.6);
  yield* radius(60, 0.6, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Rect, Circle, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 12];

const scene = makeScene2D('tween-filters', function* (view) {
  const box = createRef<Rect>();
  view.add(
    <Rect ref={box} size={[180, 110]} fill={'#e76f51'} radius={12}>
      <Circle size={60} fill={'#2a9d8f'} />
    </Rect>,
  );
  yield* all(
    box().filters.blur(6, 0.5, linear),
    box().filters.hue(90, 0.5, linear),
    box().filters.saturate(0.4, 0.5, linear),
    box().filters.brightness(1.3, 0.5, linear),
  );
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

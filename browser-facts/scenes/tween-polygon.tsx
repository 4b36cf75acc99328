import {Polygon, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 7, 14];

const scene = makeScene2D('tween-polygon', function* (view) {
  const left = createRef<Polygon>();
  const right = createRef<Polygon>();
  view.add(
    <>
      <Polygon ref={left} x={-80} size={110} sides={3} fill={'tomato'} />
      <Polygon ref={right} x={80} size={110} sides={6} radius={0} stroke={'navy'} lineWidth={6} />
    </>,
  );
  yield* all(left().rotation(120, 0.5, linear), left().size([140, 80], 0.5, linear), right().radius(20, 0.5, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Rect, Node, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 4, 8];

const scene = makeScene2D('scale-around-corner', function* (view) {
  const box = createRef<Rect>();
  const other = createRef<Rect>();
  view.add(
    <Node>
      <Rect ref={box} x={-120} y={-60} size={[60, 40]} offset={[-1, -1]} fill={'tomato'} />
      <Rect ref={other} x={140} y={80} size={[60, 40]} offset={[1, 1]} fill={'teal'} />
    </Node>,
  );
  yield* all(box().scale(2, 0.3, linear), other().size([120, 90], 0.3, linear), other().rotation(-20, 0.3, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

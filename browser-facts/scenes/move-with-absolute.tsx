import {Rect, Circle, Node, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 4, 8, 11];

const scene = makeScene2D('move-with-absolute', function* (view) {
  const group = createRef<Node>();
  const box = createRef<Rect>();
  view.add(
    <Node ref={group} x={-60} rotation={30}>
      <Rect ref={box} x={40} size={40} fill={'tomato'} />
    </Node>,
  );
  view.add(<Circle size={14} fill={'black'} position={() => box().absolutePosition().sub([160, 90])} />);
  yield* all(group().rotation(-60, 0.4, linear), box().absolutePosition([200, 60], 0.4, linear), box().absoluteRotation(90, 0.4, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Rect, Node, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 3, 7, 11, 13];

const scene = makeScene2D('reparented', function* (view) {
  const left = createRef<Node>();
  const right = createRef<Node>();
  const box = createRef<Rect>();
  view.add(
    <>
      <Node ref={left} x={-80} rotation={20}>
        <Rect ref={box} size={50} fill={'tomato'} />
      </Node>
      <Node ref={right} x={80} scale={1.5} />
    </>,
  );
  yield* waitFor(0.1);
  box().reparent(right());
  yield* all(box().position(0, 0.3, linear), box().rotation(0, 0.3, linear));
  box().remove();
  left().add(box());
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {Rect, Circle, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 3, 6, 9, 12];

const scene = makeScene2D('clone-and-save', function* (view) {
  const box = createRef<Rect>();
  view.add(
    <Rect ref={box} x={-80} size={60} fill={'tomato'}>
      <Circle size={20} fill={'white'} />
    </Rect>,
  );
  const copy = box().clone({x: 80, fill: 'teal'});
  view.add(copy);
  box().save();
  yield* all(box().scale(1.5, 0.2, linear), box().rotation(45, 0.2, linear), copy.size(90, 0.2, linear));
  yield* box().restore(0.2, linear);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

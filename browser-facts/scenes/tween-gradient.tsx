import {Rect, Gradient, makeScene2D} from '@revideo/2d';
import {all, createRef, createSignal, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 13];

const scene = makeScene2D('tween-gradient', function* (view) {
  const turn = createSignal(0);
  const box = createRef<Rect>();
  view.add(
    <Rect
      ref={box}
      size={[220, 120]}
      fill={
        new Gradient({
          from: () => [-110 + turn() * 80, 0],
          to: [110, 0],
          stops: [
            {offset: 0, color: '#e13238'},
            {offset: () => 0.3 + turn() * 0.4, color: () => (turn() > 0.5 ? 'gold' : 'white')},
            {offset: 1, color: '#1a237e'},
          ],
        })
      }
    />,
  );
  yield* all(turn(1, 0.5, linear), box().scale(1.2, 0.5));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

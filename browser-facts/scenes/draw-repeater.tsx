import {Node, Rect, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 11];

/** Draws its children eight times round its middle. */
class Repeater extends Node {
  protected override async draw(context: CanvasRenderingContext2D) {
    for (let index = 0; index < 8; index++) {
      context.save();
      context.rotate((index * Math.PI) / 4);
      await super.draw(context);
      context.restore();
    }
  }
}

const scene = makeScene2D('draw-repeater', function* (view) {
  const box = createRef<Rect>();
  view.add(
    <Repeater>
      <Rect ref={box} x={50} size={[40, 14]} fill={'tomato'} radius={7} />
    </Repeater>,
  );
  yield* all(box().position.x(80, 0.4, linear), box().rotation(60, 0.4, linear), box().fill('navy', 0.4));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

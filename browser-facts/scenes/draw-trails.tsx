import {Layout, makeScene2D} from '@revideo/2d';
import {createSignal, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 13];

/** A line from where it was to where it is, fading. */
class Trail extends Layout {
  public place: () => number = () => 0;

  protected override async draw(context: CanvasRenderingContext2D) {
    const now = this.place();
    for (let step = 20; step >= 0; step--) {
      const then = Math.max(0, now - step / 40);
      context.globalAlpha = (21 - step) / 21;
      context.fillStyle = 'crimson';
      context.fillRect(then * 260 - 134, Math.sin(then * 9) * 50 - 6, 12, 12);
    }
    await super.draw(context);
  }
}

const scene = makeScene2D('draw-trails', function* (view) {
  const at = createSignal(0);
  const node = new Trail({size: [300, 160]});
  node.place = at;
  view.add(node);
  yield* at(1, 0.5, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

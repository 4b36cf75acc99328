import {Node, makeScene2D} from '@revideo/2d';
import {createSignal, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 10, 14];

/** Discs that fly apart. */
class Particles extends Node {
  public constructor(private readonly time: () => number) {
    super({});
  }

  protected override async draw(context: CanvasRenderingContext2D) {
    const now = this.time();
    context.globalCompositeOperation = 'lighter';
    for (let index = 0; index < 60; index++) {
      const angle = index * 2.4;
      const far = now * (30 + (index % 7) * 20);
      context.fillStyle = `hsl(${index * 6}, 90%, 55%)`;
      context.globalAlpha = 1 - now * 0.7;
      context.beginPath();
      context.arc(Math.cos(angle) * far, Math.sin(angle) * far, 5, 0, Math.PI * 2);
      context.fill();
    }
    await super.draw(context);
  }
}

const scene = makeScene2D('draw-particles', function* (view) {
  const time = createSignal(0);
  view.fill('black');
  view.add(new Particles(() => time()));
  yield* time(1, 0.5, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

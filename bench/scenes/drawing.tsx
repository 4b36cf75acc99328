/** (e) A node that draws itself with 10,000 canvas calls a frame, all of them other ones in each. */
import {Node, makeScene2D} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

class Field extends Node {
  private frame = 0;

  protected override draw(context: CanvasRenderingContext2D) {
    const shift = this.frame++ % 60;
    for (let index = 0; index < 2500; index++) {
      context.fillStyle = index % 2 ? '#e13238' : '#68abdf';
      context.beginPath();
      context.arc((index % 50) * 24 - 588, Math.floor(index / 50) * 14 - 343 + shift, 5, 0, 6.283);
      context.fill();
    }
  }
}

const scene = makeScene2D('drawing', function* (view) {
  view.add(<Field />);
  yield* waitFor(4);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1280, y: 720}}}});

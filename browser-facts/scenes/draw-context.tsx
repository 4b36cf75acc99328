import {Rect, makeScene2D} from '@revideo/2d';
import {linear, makeProject, useContext, useContextAfter} from '@revideo/core';

export const frames = [0, 7];

const scene = makeScene2D('draw-context', function* (view) {
  const box = (<Rect size={60} fill={'steelblue'} />) as Rect;
  view.add(box);
  useContext(ctx => {
    ctx.fillStyle = '#eee';
    ctx.fillRect(20, 20, 280, 140);
    ctx.fillStyle = 'gold';
    ctx.beginPath();
    ctx.arc(130, 90, 40, 0, Math.PI * 2);
    ctx.fill();
  });
  useContextAfter(ctx => {
    const {x, y} = box.absolutePosition();
    ctx.strokeStyle = 'red';
    ctx.lineWidth = 3;
    ctx.strokeRect(x - 10, y - 10, 20, 20);
  });
  yield* box.position.x(60, 0.3, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});

import {drawings} from './shared/drawn';

export default drawings(
  'draw-path2d',
  ctx => {
    const path = new Path2D('M-30 20 A 30 20 0 0 1 30 20 L 0 -30 Z');
    ctx.fillStyle = 'teal';
    ctx.fill(path);
  },
  ctx => {
    const path = new Path2D('m-30-20 20 0 0 20q10 10 20 0t20 0v20h-60z');
    ctx.stroke(path);
  },
  ctx => {
    const path = new Path2D('M-35 0c10-30 20-30 35 0s25 30 35 0');
    ctx.lineWidth = 5;
    ctx.stroke(path);
  },
  ctx => {
    const one = new Path2D();
    one.arc(-12, 0, 16, 0, 7);
    const both = new Path2D(one);
    both.moveTo(28, 0);
    both.arc(12, 0, 16, 0, 7);
    ctx.fill(both, 'evenodd');
  },
  ctx => {
    // Compact flags of arcs, and what cannot be read ends the path there.
    ctx.stroke(new Path2D('M-30 0a15 15 0 0130 0a15 15 0 1030 0'));
    ctx.stroke(new Path2D('M-30 20 L30 20 L oops'));
  },
  ctx => {
    const path = new Path2D();
    path.addPath(new Path2D('M0 0h20v20h-20z'), new DOMMatrix([1, 0.5, 0, 1, 5, -20]));
    path.addPath(new Path2D('M-30 -10h20v20h-20z'));
    ctx.fillStyle = 'purple';
    ctx.fill(path);
  },
);

import {drawings} from './shared/drawn';

const stripes = (ctx: CanvasRenderingContext2D) => {
  for (let x = -48; x < 48; x += 12) {
    ctx.fillStyle = x % 24 ? 'crimson' : 'midnightblue';
    ctx.fillRect(x, -40, 12, 80);
  }
};

export default drawings(
  'draw-clips',
  ctx => {
    ctx.beginPath();
    ctx.arc(0, 0, 30, 0, Math.PI * 2);
    ctx.clip();
    stripes(ctx);
  },
  ctx => {
    ctx.save();
    ctx.beginPath();
    ctx.rect(-40, -30, 50, 40);
    ctx.clip();
    ctx.beginPath();
    ctx.rect(-10, -10, 50, 40);
    ctx.clip();
    stripes(ctx);
    ctx.restore();
    ctx.fillStyle = 'green';
    ctx.fillRect(16, 16, 20, 10);
  },
  ctx => {
    const star = new Path2D('M0 -36 L10 -10 L38 -10 L16 8 L24 34 L0 18 L-24 34 L-16 8 L-38 -10 L-10 -10 Z');
    ctx.clip(star);
    ctx.rotate(0.5);
    stripes(ctx);
  },
  ctx => {
    ctx.beginPath();
    ctx.rect(-40, -30, 80, 60);
    ctx.rect(-20, -15, 40, 30);
    ctx.clip('evenodd');
    stripes(ctx);
  },
  ctx => {
    ctx.save();
    ctx.rotate(0.4);
    ctx.beginPath();
    ctx.rect(-25, -25, 50, 50);
    ctx.clip();
    ctx.rotate(-0.4);
    stripes(ctx);
    ctx.restore();
    ctx.strokeRect(-40, -34, 80, 68);
  },
  ctx => {
    ctx.beginPath();
    ctx.clip();
    stripes(ctx);
  },
);

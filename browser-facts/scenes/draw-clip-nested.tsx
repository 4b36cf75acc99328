import {drawings} from './shared/drawn';

export default drawings(
  'draw-clip-nested',
  ctx => {
    ctx.save();
    ctx.beginPath();
    ctx.arc(0, 0, 30, 0, 7);
    ctx.clip();
    ctx.fillStyle = 'gold';
    ctx.fillRect(-40, -40, 80, 80);
    ctx.beginPath();
    ctx.rect(-40, -10, 80, 20);
    ctx.clip();
    ctx.fillStyle = 'navy';
    ctx.fillRect(-40, -40, 80, 80);
    ctx.restore();
    ctx.fillRect(-44, 30, 20, 6);
  },
  ctx => {
    // A clip goes with the space in which it was made.
    ctx.beginPath();
    ctx.rect(-20, -20, 40, 40);
    ctx.rotate(0.6);
    ctx.clip();
    ctx.fillStyle = 'teal';
    ctx.fillRect(-40, -15, 80, 30);
  },
  ctx => {
    const star = new Path2D('M0 -34 L10 -10 L36 -10 L14 8 L22 34 L0 16 L-22 34 L-14 8 L-36 -10 L-10 -10 Z');
    ctx.clip(star);
    ctx.fillStyle = 'crimson';
    ctx.fillRect(-40, -40, 80, 80);
    ctx.fillStyle = 'white';
    ctx.fillRect(-40, 0, 80, 5);
  },
  ctx => {
    ctx.beginPath();
    ctx.rect(-35, -25, 70, 50);
    ctx.rect(-15, -10, 30, 20);
    ctx.clip('evenodd');
    ctx.fillStyle = 'purple';
    ctx.fillRect(-40, -40, 80, 80);
  },
  ctx => {
    // Nothing is left of two that do not meet.
    ctx.fillStyle = 'silver';
    ctx.fillRect(-40, -30, 80, 60);
    ctx.beginPath();
    ctx.rect(-40, -30, 20, 60);
    ctx.clip();
    ctx.beginPath();
    ctx.rect(20, -30, 20, 60);
    ctx.clip();
    ctx.fillStyle = 'red';
    ctx.fillRect(-40, -30, 80, 60);
  },
  ctx => {
    ctx.beginPath();
    ctx.clip();
    ctx.fillRect(-40, -30, 80, 60);
  },
);

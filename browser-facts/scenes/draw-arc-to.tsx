import {drawings} from './shared/drawn';

export default drawings(
  'draw-arc-to',
  ctx => {
    ctx.beginPath();
    ctx.moveTo(-40, 25);
    ctx.arcTo(0, -40, 40, 25, 15);
    ctx.lineTo(40, 25);
    ctx.lineWidth = 3;
    ctx.stroke();
  },
  ctx => {
    // A radius too large goes beyond the corner.
    ctx.beginPath();
    ctx.moveTo(-20, 20);
    ctx.arcTo(-20, -20, 20, -20, 60);
    ctx.stroke();
  },
  ctx => {
    // On a straight line there is no arc.
    ctx.beginPath();
    ctx.moveTo(-40, 0);
    ctx.arcTo(0, 0, 40, 0, 20);
    ctx.lineTo(40, 20);
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.moveTo(-30, -20);
    for (const [x, y, tx, ty] of [[30, -20, 30, 20], [30, 20, -30, 20], [-30, 20, -30, -20], [-30, -20, 30, -20]]) ctx.arcTo(x, y, tx, ty, 14);
    ctx.closePath();
    ctx.fillStyle = 'gold';
    ctx.fill();
  },
  ctx => {
    ctx.beginPath();
    ctx.arcTo(-20, 0, 20, 20, 10);
    ctx.lineTo(30, 0);
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.moveTo(-40, -20);
    ctx.arcTo(-10, -20, 20, 20, 0);
    ctx.lineTo(30, -10);
    ctx.lineWidth = 5;
    ctx.stroke();
  },
);

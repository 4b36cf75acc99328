import {drawings} from './shared/drawn';

export default drawings(
  'draw-round-rects',
  ctx => {
    ctx.beginPath();
    ctx.roundRect(-40, -30, 80, 60, 12);
    ctx.fillStyle = 'teal';
    ctx.fill();
  },
  ctx => {
    ctx.beginPath();
    ctx.roundRect(-40, -30, 80, 60, [0, 10, 20, 30]);
    ctx.stroke();
  },
  ctx => {
    // Radii that do not fit are made smaller, all of them.
    ctx.beginPath();
    ctx.roundRect(-40, -20, 80, 40, [60, 10]);
    ctx.fillStyle = 'gold';
    ctx.fill();
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.roundRect(40, 30, -80, -60, [30, 5, 5, 5]);
    ctx.fillStyle = 'salmon';
    ctx.fill();
  },
  ctx => {
    ctx.beginPath();
    ctx.roundRect(-40, -30, 80, 60, [{x: 40, y: 10}, 4]);
    ctx.lineWidth = 3;
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.moveTo(-40, 30);
    ctx.roundRect(-30, -25, 50, 40, 8);
    ctx.lineTo(40, 30);
    ctx.stroke();
  },
);

import {drawings} from './shared/drawn';

export default drawings(
  'draw-ellipses',
  ctx => {
    ctx.beginPath();
    ctx.ellipse(0, 0, 40, 20, 0.4, 0, Math.PI * 2);
    ctx.fillStyle = 'teal';
    ctx.fill();
  },
  ctx => {
    ctx.beginPath();
    ctx.ellipse(0, 0, 40, 25, 0, 0.5, 4);
    ctx.closePath();
    ctx.lineWidth = 3;
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.ellipse(0, 0, 40, 25, 0.7, 0, 3, true);
    ctx.lineWidth = 3;
    ctx.stroke();
  },
  ctx => {
    // Of no height it is a line.
    ctx.beginPath();
    ctx.ellipse(0, 0, 40, 0, 0.3, 0, Math.PI * 2);
    ctx.lineWidth = 3;
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.ellipse(0, 0, 35, 25, 0, -0.5, 0.9);
    ctx.fillStyle = 'tomato';
    ctx.fill();
    ctx.stroke();
  },
  ctx => {
    ctx.save();
    ctx.scale(1, 0.5);
    ctx.beginPath();
    ctx.arc(0, 0, 40, 0, Math.PI * 2);
    ctx.lineWidth = 8;
    ctx.stroke();
    ctx.restore();
    ctx.beginPath();
    ctx.arc(0, 0, 12, 0, 7);
    ctx.fill();
  },
);

import {drawings} from './shared/drawn';

export default drawings(
  'draw-curves',
  ctx => {
    ctx.beginPath();
    ctx.moveTo(-40, 20);
    ctx.bezierCurveTo(-20, -60, 20, 60, 40, -20);
    ctx.lineWidth = 3;
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.moveTo(-40, 0);
    ctx.quadraticCurveTo(-20, -50, 0, 0);
    ctx.quadraticCurveTo(20, 50, 40, 0);
    ctx.closePath();
    ctx.fillStyle = 'plum';
    ctx.fill();
    ctx.stroke();
  },
  ctx => {
    // Without a beginning the first point of a curve is where it begins.
    ctx.beginPath();
    ctx.quadraticCurveTo(-30, -20, 30, 20);
    ctx.lineWidth = 4;
    ctx.stroke();
    ctx.beginPath();
    ctx.bezierCurveTo(-30, 20, 0, -40, 30, -20);
    ctx.stroke();
  },
  ctx => {
    // A loop and a cusp.
    ctx.lineWidth = 8;
    ctx.lineJoin = 'round';
    ctx.beginPath();
    ctx.moveTo(-30, 30);
    ctx.bezierCurveTo(60, -60, -60, -60, 30, 30);
    ctx.stroke();
  },
  ctx => {
    ctx.lineWidth = 10;
    ctx.lineCap = 'round';
    ctx.beginPath();
    ctx.moveTo(-30, 10);
    ctx.bezierCurveTo(30, -40, -30, -40, 30, 10);
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    for (let at = 0; at <= 40; at++) ctx.lineTo(at * 2 - 40, Math.sin(at / 3) * 20);
    ctx.strokeStyle = 'teal';
    ctx.lineWidth = 2.5;
    ctx.stroke();
  },
);

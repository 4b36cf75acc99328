import {drawings} from './shared/drawn';

export default drawings(
  'draw-dashes',
  ctx => {
    ctx.lineWidth = 4;
    ctx.setLineDash([12, 6]);
    ctx.beginPath();
    ctx.moveTo(-40, -20);
    ctx.lineTo(40, -20);
    ctx.stroke();
    ctx.lineDashOffset = 6;
    ctx.beginPath();
    ctx.moveTo(-40, 0);
    ctx.lineTo(40, 0);
    ctx.stroke();
    ctx.lineDashOffset = -6;
    ctx.beginPath();
    ctx.moveTo(-40, 20);
    ctx.lineTo(40, 20);
    ctx.stroke();
  },
  ctx => {
    // An odd list goes twice round.
    ctx.lineWidth = 6;
    ctx.setLineDash([15, 5, 2]);
    ctx.beginPath();
    ctx.moveTo(-40, 0);
    ctx.lineTo(40, 0);
    ctx.stroke();
  },
  ctx => {
    ctx.lineWidth = 8;
    ctx.lineCap = 'round';
    ctx.setLineDash([0, 14]);
    ctx.beginPath();
    ctx.arc(0, 0, 28, 0, Math.PI * 2);
    ctx.stroke();
  },
  ctx => {
    ctx.lineWidth = 5;
    ctx.setLineDash([8, 4]);
    ctx.strokeRect(-35, -25, 70, 50);
    ctx.setLineDash([]);
    ctx.lineWidth = 1;
    ctx.strokeRect(-20, -12, 40, 24);
  },
  ctx => {
    ctx.lineCap = 'square';
    ctx.lineWidth = 6;
    ctx.setLineDash([10, 16]);
    ctx.beginPath();
    ctx.moveTo(-38, 15);
    ctx.bezierCurveTo(-20, -50, 20, 60, 38, -20);
    ctx.stroke();
  },
  ctx => {
    // What is no list of lengths changes nothing.
    ctx.setLineDash([6, 6]);
    ctx.setLineDash([4, -1]);
    ctx.setLineDash([NaN]);
    ctx.lineWidth = 4;
    ctx.beginPath();
    ctx.moveTo(-40, 0);
    ctx.lineTo(40, 0);
    ctx.stroke();
  },
);

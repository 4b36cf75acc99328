import {drawings} from './shared/drawn';

export default drawings(
  'draw-rects',
  ctx => {
    ctx.fillStyle = 'teal';
    ctx.fillRect(-40, -30, 80, 60);
    ctx.clearRect(-20, -10, 40, 20);
    ctx.strokeRect(-30.5, -20.5, 61, 41);
  },
  ctx => {
    // Sizes may be negative.
    ctx.fillStyle = 'orange';
    ctx.fillRect(40, 30, -60, -40);
    ctx.lineWidth = 4;
    ctx.strokeRect(30, 20, -40, -30);
  },
  ctx => {
    // A rectangle of no width is a line.
    ctx.lineWidth = 6;
    ctx.strokeRect(-30, -20, 60, 0);
    ctx.strokeRect(0, -5, 0, 30);
    ctx.strokeRect(25, 10, 0, 0);
  },
  ctx => {
    ctx.beginPath();
    ctx.rect(-40, -30, 30, 30);
    ctx.rect(-25, -15, 30, 30);
    ctx.rect(40, 30, -30, -30);
    ctx.fill('evenodd');
  },
  ctx => {
    ctx.lineJoin = 'round';
    ctx.lineWidth = 12;
    ctx.setLineDash([10, 6]);
    ctx.strokeRect(-30, -20, 60, 40);
  },
  ctx => {
    ctx.fillStyle = 'crimson';
    ctx.translate(0.5, 0.25);
    ctx.fillRect(-20, -20, 40, 40);
    ctx.fillStyle = 'black';
    ctx.fillRect(-0.3, -30, 0.6, 60);
  },
);

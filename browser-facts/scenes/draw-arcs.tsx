import {drawings} from './shared/drawn';

export default drawings(
  'draw-arcs',
  ctx => {
    ctx.fillStyle = 'tomato';
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.arc(0, 0, 35, 0.3, Math.PI * 1.4);
    ctx.fill();
    ctx.beginPath();
    ctx.arc(20, -18, 12, 0, Math.PI * 2, true);
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.ellipse(0, 0, 40, 20, 0.5, 0, Math.PI * 2);
    ctx.fillStyle = 'royalblue';
    ctx.fill();
    ctx.beginPath();
    ctx.ellipse(0, 0, 30, 36, -0.2, 1, 4, true);
    ctx.lineWidth = 4;
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.moveTo(-40, 30);
    ctx.arcTo(0, -60, 40, 30, 18);
    ctx.lineTo(40, 30);
    ctx.lineWidth = 6;
    ctx.strokeStyle = 'teal';
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    ctx.roundRect(-44, -32, 40, 30, 10);
    ctx.roundRect(4, -32, 40, 30, [20, 0]);
    ctx.roundRect(-44, 4, 40, 28, [{x: 20, y: 6}, 4, 12]);
    ctx.roundRect(44, 32, -40, -28, [2, 6, 12, 20]);
    ctx.fillStyle = 'darkorange';
    ctx.fill();
  },
  ctx => {
    // Arcs join what comes before them with a line.
    ctx.beginPath();
    ctx.moveTo(-40, -30);
    ctx.arc(0, 0, 20, Math.PI, 0);
    ctx.arc(30, 10, 10, 3, 1, false);
    ctx.closePath();
    ctx.lineWidth = 3;
    ctx.stroke();
  },
  ctx => {
    for (let index = 0; index < 12; index++) {
      ctx.save();
      ctx.rotate((index * Math.PI) / 6);
      ctx.beginPath();
      ctx.arc(26, 0, 6, 0, Math.PI * 2);
      ctx.fillStyle = `hsl(${index * 30}, 80%, 50%)`;
      ctx.fill();
      ctx.restore();
    }
  },
);

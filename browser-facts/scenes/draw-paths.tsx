import {drawings} from './shared/drawn';

export default drawings(
  'draw-paths',
  ctx => {
    ctx.beginPath();
    ctx.moveTo(-40, -30);
    ctx.lineTo(40, -30);
    ctx.quadraticCurveTo(45, 20, 0, 30);
    ctx.bezierCurveTo(-10, 0, -60, 30, -40, -30);
    ctx.closePath();
    ctx.fillStyle = '#457b9d';
    ctx.fill();
    ctx.lineWidth = 5;
    ctx.lineJoin = 'round';
    ctx.stroke();
  },
  ctx => {
    const path = new Path2D('M-40 -30 h30 v30 h-30 z');
    path.roundRect(0, -30, 40, 30, [15, 4]);
    const triangle = new Path2D();
    triangle.moveTo(0, 0);
    triangle.lineTo(20, 30);
    triangle.lineTo(-20, 30);
    triangle.closePath();
    path.addPath(triangle, new DOMMatrix([1.5, 0, 0, 1, 0, 2]));
    ctx.fillStyle = 'seagreen';
    ctx.fill(path);
    ctx.strokeStyle = 'black';
    ctx.setLineDash([6, 3]);
    ctx.lineDashOffset = 2;
    ctx.lineWidth = 2;
    ctx.stroke(path);
  },
  ctx => {
    ctx.beginPath();
    for (let index = 0; index < 5; index++) {
      const angle = (index * 4 * Math.PI) / 5 - Math.PI / 2;
      ctx.lineTo(Math.cos(angle) * 38, Math.sin(angle) * 38);
    }
    ctx.closePath();
    ctx.fillStyle = 'crimson';
    ctx.fill('evenodd');
  },
  ctx => {
    ctx.lineWidth = 12;
    ctx.strokeStyle = 'purple';
    (['butt', 'round', 'square'] as const).forEach((cap, index) => {
      ctx.lineCap = cap;
      ctx.beginPath();
      ctx.moveTo(-30, -26 + index * 26);
      ctx.lineTo(30, -26 + index * 26);
      ctx.stroke();
    });
  },
  ctx => {
    ctx.lineWidth = 8;
    ctx.miterLimit = 3;
    (['miter', 'round', 'bevel'] as const).forEach((join, index) => {
      ctx.lineJoin = join;
      ctx.beginPath();
      ctx.moveTo(-40, -20 + index * 20);
      ctx.lineTo(-10, -32 + index * 20);
      ctx.lineTo(10, -20 + index * 20);
      ctx.lineTo(34, -20 + index * 20);
      ctx.lineTo(14, -12 + index * 20);
      ctx.stroke();
    });
  },
  ctx => {
    // The path keeps the places that it had when it was built.
    ctx.beginPath();
    ctx.rect(-40, -30, 30, 20);
    ctx.translate(30, 20);
    ctx.rotate(0.4);
    ctx.scale(2, 1);
    ctx.rect(-10, -20, 20, 30);
    ctx.lineWidth = 3;
    ctx.fillStyle = 'gold';
    ctx.fill();
    ctx.stroke();
    ctx.fillRect(-3, -3, 6, 6);
    ctx.strokeRect(-12, 14, 20, 6);
  },
);

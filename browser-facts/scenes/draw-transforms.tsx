import {drawings} from './shared/drawn';

export default drawings(
  'draw-transforms',
  ctx => {
    ctx.translate(10, 10);
    ctx.rotate(Math.PI / 6);
    ctx.fillStyle = 'teal';
    ctx.fillRect(-20, -20, 40, 40);
  },
  ctx => {
    ctx.scale(-1, 1);
    ctx.font = '20px Roboto';
    ctx.fillText('back', -20, 8);
  },
  ctx => {
    ctx.transform(1, 0.3, -0.5, 1, 0, 0);
    ctx.strokeRect(-25, -20, 50, 40);
  },
  ctx => {
    ctx.save();
    ctx.scale(2, 2);
    ctx.save();
    ctx.rotate(0.3);
    ctx.restore();
    ctx.fillRect(-5, -5, 10, 10);
    ctx.restore();
    ctx.restore();
    ctx.fillStyle = 'red';
    ctx.fillRect(20, 20, 5, 5);
  },
  ctx => {
    const matrix = ctx.getTransform();
    ctx.rotate(1);
    ctx.setTransform(matrix);
    ctx.fillStyle = 'purple';
    ctx.fillRect(-20, -10, 40, 20);
    ctx.setTransform(matrix.translate(0, 20).scale(0.5));
    ctx.fillRect(-20, -10, 40, 20);
  },
  ctx => {
    ctx.resetTransform();
    ctx.fillStyle = 'lime';
    ctx.fillRect(4, 4, 12, 12);
  },
);

import {drawings} from './shared/drawn';

export default drawings(
  'draw-effects',
  ctx => {
    ctx.shadowColor = '#000a';
    ctx.shadowBlur = 12;
    ctx.shadowOffsetX = 6;
    ctx.shadowOffsetY = 6;
    ctx.fillStyle = 'gold';
    ctx.fillRect(-30, -25, 50, 40);
  },
  ctx => {
    // Shadows know nothing of transforms.
    ctx.rotate(1);
    ctx.scale(2, 2);
    ctx.shadowColor = 'blue';
    ctx.shadowOffsetX = 8;
    ctx.shadowOffsetY = 0;
    ctx.fillStyle = 'orange';
    ctx.fillRect(-10, -10, 20, 20);
  },
  ctx => {
    ctx.shadowColor = 'red';
    ctx.shadowBlur = 6;
    ctx.font = 'bold 30px Roboto';
    ctx.textAlign = 'center';
    ctx.fillText('glow', 0, 10);
  },
  ctx => {
    ctx.filter = 'blur(4px)';
    ctx.fillStyle = 'seagreen';
    ctx.fillRect(-30, -25, 60, 50);
  },
  ctx => {
    ctx.filter = 'grayscale(50%) brightness(1.3) hue-rotate(90deg)';
    ctx.fillStyle = 'tomato';
    ctx.fillRect(-40, -30, 40, 60);
    ctx.filter = 'invert(1) opacity(50%)';
    ctx.fillRect(0, -30, 40, 60);
  },
  ctx => {
    ctx.fillStyle = 'slateblue';
    ctx.fillRect(-40, -30, 80, 60);
    ctx.clearRect(-20, -15, 20, 30);
    ctx.rotate(0.3);
    ctx.clearRect(8, -15, 20, 30);
  },
);

import {drawings} from './shared/drawn';

export default drawings(
  'draw-shadows',
  ctx => {
    ctx.shadowColor = 'black';
    ctx.shadowBlur = 10;
    ctx.strokeStyle = 'gold';
    ctx.lineWidth = 6;
    ctx.strokeRect(-25, -20, 50, 40);
  },
  ctx => {
    // A shadow has the alpha of what casts it.
    ctx.shadowColor = 'rgba(255, 0, 0, 0.8)';
    ctx.shadowOffsetX = 10;
    ctx.shadowOffsetY = 10;
    ctx.fillStyle = 'rgba(0, 0, 255, 0.3)';
    ctx.fillRect(-30, -25, 40, 40);
  },
  ctx => {
    ctx.beginPath();
    ctx.rect(-40, -30, 40, 60);
    ctx.clip();
    ctx.shadowColor = 'navy';
    ctx.shadowOffsetX = -30;
    ctx.fillStyle = 'orange';
    ctx.fillRect(0, -15, 30, 30);
  },
  ctx => {
    const image = document.createElement('canvas');
    image.width = image.height = 40;
    const own = image.getContext('2d')!;
    own.fillStyle = 'seagreen';
    own.arc(20, 20, 18, 0, 7);
    own.fill();
    ctx.shadowColor = '#0009';
    ctx.shadowBlur = 8;
    ctx.shadowOffsetY = 8;
    ctx.drawImage(image, -20, -25);
  },
  ctx => {
    ctx.shadowColor = 'blue';
    ctx.shadowBlur = 20;
    ctx.globalAlpha = 0.5;
    ctx.fillStyle = 'white';
    ctx.beginPath();
    ctx.arc(0, 0, 16, 0, 7);
    ctx.fill();
  },
  ctx => {
    ctx.shadowColor = 'red';
    ctx.shadowOffsetX = 6;
    ctx.fillStyle = 'transparent';
    ctx.fillRect(-30, -20, 30, 30);
    ctx.shadowColor = 'transparent';
    ctx.fillStyle = 'black';
    ctx.fillRect(10, -10, 20, 20);
  },
);

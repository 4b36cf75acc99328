import {drawings} from './shared/drawn';

export default drawings(
  'draw-filters',
  ctx => {
    ctx.filter = 'brightness(150%)';
    ctx.fillStyle = '#805030';
    ctx.fillRect(-40, -30, 80, 60);
  },
  ctx => {
    ctx.filter = 'contrast(0.5)';
    ctx.fillStyle = 'red';
    ctx.fillRect(-40, -30, 40, 60);
    ctx.filter = 'contrast(200%)';
    ctx.fillStyle = '#a06050';
    ctx.fillRect(0, -30, 40, 60);
  },
  ctx => {
    ctx.filter = 'sepia(1)';
    ctx.fillStyle = 'dodgerblue';
    ctx.fillRect(-40, -30, 40, 60);
    ctx.filter = 'saturate(300%)';
    ctx.fillStyle = '#908070';
    ctx.fillRect(0, -30, 40, 60);
  },
  ctx => {
    ctx.filter = 'blur(2px) drop-shadow(6px 6px 0 black)';
    ctx.fillStyle = 'gold';
    ctx.fillRect(-25, -20, 40, 30);
  },
  ctx => {
    ctx.filter = 'hue-rotate(0.5turn) opacity(0.6)';
    ctx.fillStyle = 'tomato';
    ctx.fillRect(-30, -20, 60, 40);
  },
  ctx => {
    ctx.filter = 'blur(3px)';
    ctx.font = 'bold 30px Roboto';
    ctx.textAlign = 'center';
    ctx.fillText('blur', 0, 10);
    ctx.filter = 'none';
    ctx.fillRect(-40, 25, 80, 3);
  },
);

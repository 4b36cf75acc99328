import {drawings} from './shared/drawn';

export default drawings(
  'draw-blend-modes',
  ctx => {
    ctx.fillStyle = 'white';
    ctx.fillRect(-44, -34, 88, 68);
    const below = ctx.createLinearGradient(-40, 0, 40, 0);
    below.addColorStop(0, '#e63946');
    below.addColorStop(1, '#2a9d8f');
    ctx.fillStyle = below;
    ctx.fillRect(-40, -30, 80, 40);
    ctx.globalCompositeOperation = 'soft-light';
    ctx.fillStyle = '#457b9d';
    ctx.fillRect(-30, -15, 60, 40);
  },
  ctx => {
    ctx.fillStyle = 'white';
    ctx.fillRect(-44, -34, 88, 68);
    const below = ctx.createLinearGradient(-40, 0, 40, 0);
    below.addColorStop(0, '#e63946');
    below.addColorStop(1, '#2a9d8f');
    ctx.fillStyle = below;
    ctx.fillRect(-40, -30, 80, 40);
    ctx.globalCompositeOperation = 'color-dodge';
    ctx.fillStyle = '#457b9d';
    ctx.fillRect(-30, -15, 60, 40);
  },
  ctx => {
    ctx.fillStyle = 'white';
    ctx.fillRect(-44, -34, 88, 68);
    const below = ctx.createLinearGradient(-40, 0, 40, 0);
    below.addColorStop(0, '#e63946');
    below.addColorStop(1, '#2a9d8f');
    ctx.fillStyle = below;
    ctx.fillRect(-40, -30, 80, 40);
    ctx.globalCompositeOperation = 'color-burn';
    ctx.fillStyle = '#457b9d';
    ctx.fillRect(-30, -15, 60, 40);
  },
  ctx => {
    ctx.fillStyle = 'white';
    ctx.fillRect(-44, -34, 88, 68);
    const below = ctx.createLinearGradient(-40, 0, 40, 0);
    below.addColorStop(0, '#e63946');
    below.addColorStop(1, '#2a9d8f');
    ctx.fillStyle = below;
    ctx.fillRect(-40, -30, 80, 40);
    ctx.globalCompositeOperation = 'exclusion';
    ctx.fillStyle = '#457b9d';
    ctx.fillRect(-30, -15, 60, 40);
  },
  ctx => {
    ctx.fillStyle = 'white';
    ctx.fillRect(-44, -34, 88, 68);
    const below = ctx.createLinearGradient(-40, 0, 40, 0);
    below.addColorStop(0, '#e63946');
    below.addColorStop(1, '#2a9d8f');
    ctx.fillStyle = below;
    ctx.fillRect(-40, -30, 80, 40);
    ctx.globalCompositeOperation = 'hue';
    ctx.fillStyle = '#457b9d';
    ctx.fillRect(-30, -15, 60, 40);
  },
  ctx => {
    ctx.fillStyle = 'white';
    ctx.fillRect(-44, -34, 88, 68);
    const below = ctx.createLinearGradient(-40, 0, 40, 0);
    below.addColorStop(0, '#e63946');
    below.addColorStop(1, '#2a9d8f');
    ctx.fillStyle = below;
    ctx.fillRect(-40, -30, 80, 40);
    ctx.globalCompositeOperation = 'luminosity';
    ctx.fillStyle = '#457b9d';
    ctx.fillRect(-30, -15, 60, 40);
  },
);

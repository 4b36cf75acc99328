import {drawings} from './shared/drawn';

export default drawings(
  'draw-inks',
  ctx => {
    const gradient = ctx.createLinearGradient(-40, -30, 40, 30);
    gradient.addColorStop(0, 'red');
    gradient.addColorStop(0.5, 'rgb(255 255 0 / 60%)');
    gradient.addColorStop(1, '#00f');
    ctx.fillStyle = gradient;
    ctx.fillRect(-44, -34, 88, 68);
  },
  ctx => {
    const gradient = ctx.createRadialGradient(-10, -10, 5, 0, 0, 38);
    gradient.addColorStop(0, 'white');
    gradient.addColorStop(1, 'darkgreen');
    ctx.fillStyle = gradient;
    ctx.beginPath();
    ctx.arc(0, 0, 38, 0, Math.PI * 2);
    ctx.fill();
  },
  ctx => {
    const gradient = ctx.createConicGradient(0.5, 0, 0);
    gradient.addColorStop(0, 'magenta');
    gradient.addColorStop(0.5, 'cyan');
    gradient.addColorStop(1, 'magenta');
    ctx.strokeStyle = gradient;
    ctx.lineWidth = 16;
    ctx.strokeRect(-32, -26, 64, 52);
  },
  ctx => {
    ctx.globalAlpha = 0.5;
    ctx.fillStyle = 'blue';
    ctx.fillRect(-40, -30, 50, 40);
    ctx.fillStyle = '#f008';
    ctx.fillRect(-10, -10, 50, 40);
    ctx.globalAlpha = 2;
    ctx.fillStyle = 'no colour at all';
    ctx.fillRect(20, -30, 15, 15);
  },
  ctx => {
    const tile = document.createElement('canvas');
    tile.width = 12;
    tile.height = 12;
    const inner = tile.getContext('2d')!;
    inner.fillStyle = 'black';
    inner.fillRect(0, 0, 6, 6);
    inner.fillStyle = 'orange';
    inner.fillRect(6, 6, 6, 6);
    ctx.fillStyle = ctx.createPattern(tile, 'repeat')!;
    ctx.beginPath();
    ctx.arc(0, 0, 34, 0, Math.PI * 2);
    ctx.fill();
  },
  ctx => {
    // A gradient lies in the space in which it is used.
    const gradient = ctx.createLinearGradient(0, 0, 20, 0);
    gradient.addColorStop(0, 'black');
    gradient.addColorStop(1, 'white');
    ctx.fillStyle = gradient;
    ctx.translate(-40, -20);
    ctx.scale(4, 1);
    ctx.fillRect(0, 0, 20, 20);
    ctx.rotate(0.1);
    ctx.fillRect(0, 24, 20, 20);
  },
);

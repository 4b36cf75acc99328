import {drawings} from './shared/drawn';

export default drawings(
  'draw-image-places',
  ctx => {
    const image = document.createElement('canvas');
    image.width = 40;
    image.height = 30;
    const own = image.getContext('2d')!;
    own.fillStyle = 'gold';
    own.fillRect(0, 0, 40, 30);
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 20, 15);
    own.fillStyle = 'tomato';
    own.fillRect(30, 20, 10, 10);
    ctx.drawImage(image, -20, -15);
  },
  ctx => {
    const image = document.createElement('canvas');
    image.width = 40;
    image.height = 30;
    const own = image.getContext('2d')!;
    own.fillStyle = 'gold';
    own.fillRect(0, 0, 40, 30);
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 20, 15);
    own.fillStyle = 'tomato';
    own.fillRect(30, 20, 10, 10);
    // A target of negative size is not turned round.
    ctx.drawImage(image, 30, 20, -60, -40);
  },
  ctx => {
    const image = document.createElement('canvas');
    image.width = 40;
    image.height = 30;
    const own = image.getContext('2d')!;
    own.fillStyle = 'gold';
    own.fillRect(0, 0, 40, 30);
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 20, 15);
    own.fillStyle = 'tomato';
    own.fillRect(30, 20, 10, 10);
    // A part that reaches beyond the picture.
    ctx.drawImage(image, -20, -15, 60, 45, -40, -30, 80, 60);
  },
  ctx => {
    const image = document.createElement('canvas');
    image.width = 40;
    image.height = 30;
    const own = image.getContext('2d')!;
    own.fillStyle = 'gold';
    own.fillRect(0, 0, 40, 30);
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 20, 15);
    own.fillStyle = 'tomato';
    own.fillRect(30, 20, 10, 10);
    ctx.rotate(0.5);
    ctx.globalAlpha = 0.6;
    ctx.drawImage(image, 20, 0, 20, 30, -20, -30, 40, 60);
  },
  ctx => {
    const image = document.createElement('canvas');
    image.width = 40;
    image.height = 30;
    const own = image.getContext('2d')!;
    own.fillStyle = 'gold';
    own.fillRect(0, 0, 40, 30);
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 20, 15);
    own.fillStyle = 'tomato';
    own.fillRect(30, 20, 10, 10);
    ctx.save();
    ctx.scale(-1, 1);
    ctx.drawImage(image, -40, -30, 80, 60);
    ctx.restore();
  },
  ctx => {
    const image = document.createElement('canvas');
    image.width = 40;
    image.height = 30;
    const own = image.getContext('2d')!;
    own.fillStyle = 'gold';
    own.fillRect(0, 0, 40, 30);
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 20, 15);
    own.fillStyle = 'tomato';
    own.fillRect(30, 20, 10, 10);
    ctx.globalCompositeOperation = 'multiply';
    ctx.fillStyle = 'aqua';
    ctx.fillRect(-40, -30, 50, 60);
    ctx.drawImage(image, -20, -15, 60, 45);
  },
);

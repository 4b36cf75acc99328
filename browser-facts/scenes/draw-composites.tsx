import {drawings} from './shared/drawn';

export default drawings(
  'draw-composites',
  ctx => {
    const own = document.createElement('canvas');
    own.width = 80;
    own.height = 60;
    const inner = own.getContext('2d')!;
    inner.fillStyle = '#e63946';
    inner.fillRect(5, 5, 45, 40);
    inner.globalCompositeOperation = 'source-in';
    inner.fillStyle = '#457b9dcc';
    inner.beginPath();
    inner.arc(48, 36, 20, 0, 7);
    inner.fill();
    ctx.drawImage(own, -40, -30);
  },
  ctx => {
    const own = document.createElement('canvas');
    own.width = 80;
    own.height = 60;
    const inner = own.getContext('2d')!;
    inner.fillStyle = '#e63946';
    inner.fillRect(5, 5, 45, 40);
    inner.globalCompositeOperation = 'source-out';
    inner.fillStyle = '#457b9dcc';
    inner.beginPath();
    inner.arc(48, 36, 20, 0, 7);
    inner.fill();
    ctx.drawImage(own, -40, -30);
  },
  ctx => {
    const own = document.createElement('canvas');
    own.width = 80;
    own.height = 60;
    const inner = own.getContext('2d')!;
    inner.fillStyle = '#e63946';
    inner.fillRect(5, 5, 45, 40);
    inner.globalCompositeOperation = 'source-atop';
    inner.fillStyle = '#457b9dcc';
    inner.beginPath();
    inner.arc(48, 36, 20, 0, 7);
    inner.fill();
    ctx.drawImage(own, -40, -30);
  },
  ctx => {
    const own = document.createElement('canvas');
    own.width = 80;
    own.height = 60;
    const inner = own.getContext('2d')!;
    inner.fillStyle = '#e63946';
    inner.fillRect(5, 5, 45, 40);
    inner.globalCompositeOperation = 'destination-over';
    inner.fillStyle = '#457b9dcc';
    inner.beginPath();
    inner.arc(48, 36, 20, 0, 7);
    inner.fill();
    ctx.drawImage(own, -40, -30);
  },
  ctx => {
    const own = document.createElement('canvas');
    own.width = 80;
    own.height = 60;
    const inner = own.getContext('2d')!;
    inner.fillStyle = '#e63946';
    inner.fillRect(5, 5, 45, 40);
    inner.globalCompositeOperation = 'copy';
    inner.fillStyle = '#457b9dcc';
    inner.beginPath();
    inner.arc(48, 36, 20, 0, 7);
    inner.fill();
    ctx.drawImage(own, -40, -30);
  },
  ctx => {
    const own = document.createElement('canvas');
    own.width = 80;
    own.height = 60;
    const inner = own.getContext('2d')!;
    inner.fillStyle = '#e63946';
    inner.fillRect(5, 5, 45, 40);
    inner.globalCompositeOperation = 'xor';
    inner.fillStyle = '#457b9dcc';
    inner.beginPath();
    inner.arc(48, 36, 20, 0, 7);
    inner.fill();
    ctx.drawImage(own, -40, -30);
  },
);

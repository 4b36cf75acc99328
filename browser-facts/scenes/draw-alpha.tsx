import {drawings} from './shared/drawn';

export default drawings(
  'draw-alpha',
  ctx => {
    ctx.globalAlpha = 0.5;
    ctx.fillStyle = 'red';
    ctx.fillRect(-30, -20, 40, 40);
    ctx.fillStyle = 'blue';
    ctx.fillRect(-10, -10, 40, 40);
  },
  ctx => {
    // Overlaps of one path are one.
    ctx.globalAlpha = 0.5;
    ctx.lineWidth = 16;
    ctx.beginPath();
    ctx.moveTo(-30, -20);
    ctx.lineTo(30, 20);
    ctx.lineTo(30, -20);
    ctx.lineTo(-30, 20);
    ctx.stroke();
  },
  ctx => {
    ctx.globalAlpha = 2;
    ctx.globalAlpha = -1;
    ctx.globalAlpha = NaN;
    ctx.fillStyle = 'rgba(0, 128, 0, 0.4)';
    ctx.fillRect(-30, -20, 60, 40);
  },
  ctx => {
    ctx.fillStyle = '#ff000080';
    ctx.strokeStyle = '#0000ff80';
    ctx.lineWidth = 12;
    ctx.beginPath();
    ctx.arc(0, 0, 24, 0, 7);
    ctx.fill();
    ctx.stroke();
  },
  ctx => {
    ctx.globalAlpha = 0.4;
    ctx.font = 'bold 44px Roboto';
    ctx.textAlign = 'center';
    ctx.letterSpacing = '-14px';
    ctx.fillText('OOO', 0, 14);
  },
  ctx => {
    ctx.save();
    ctx.globalAlpha = 0.3;
    ctx.save();
    ctx.globalAlpha *= 0.5;
    ctx.fillRect(-40, -20, 40, 40);
    ctx.restore();
    ctx.fillRect(0, -20, 40, 20);
    ctx.restore();
    ctx.fillRect(0, 0, 40, 20);
  },
);

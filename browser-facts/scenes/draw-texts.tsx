import {drawings} from './shared/drawn';

export default drawings(
  'draw-texts',
  ctx => {
    ctx.font = '20px Roboto';
    ctx.fillText('Hello', -40, -10);
    ctx.font = 'bold italic 24px Roboto';
    ctx.fillStyle = 'firebrick';
    ctx.fillText('Kinora', -40, 20);
  },
  ctx => {
    ctx.font = '16px Roboto';
    ctx.strokeStyle = 'silver';
    ctx.beginPath();
    ctx.moveTo(0, -40);
    ctx.lineTo(0, 40);
    ctx.stroke();
    (['left', 'center', 'right', 'end'] as const).forEach((align, index) => {
      ctx.textAlign = align;
      ctx.fillText(align, 0, -20 + index * 18);
    });
  },
  ctx => {
    ctx.font = '15px Roboto';
    ctx.fillStyle = 'silver';
    ctx.fillRect(-50, 0, 100, 1);
    ctx.fillStyle = 'black';
    (['top', 'middle', 'bottom', 'alphabetic'] as const).forEach((baseline, index) => {
      ctx.textBaseline = baseline;
      ctx.fillText('Xg', -46 + index * 25, 0);
    });
  },
  ctx => {
    ctx.font = 'bold 40px Roboto';
    ctx.lineWidth = 2;
    ctx.strokeStyle = 'navy';
    ctx.strokeText('Ab', -40, 14);
    const gradient = ctx.createLinearGradient(0, -20, 0, 14);
    gradient.addColorStop(0, 'red');
    gradient.addColorStop(1, 'blue');
    ctx.fillStyle = gradient;
    ctx.font = 'bold 24px Roboto';
    ctx.fillText('Gq', 16, 14);
  },
  ctx => {
    ctx.font = '20px Roboto';
    const {width} = ctx.measureText('measured');
    ctx.fillStyle = 'khaki';
    ctx.fillRect(-width / 2, -28, width, 22);
    ctx.fillStyle = 'black';
    ctx.textAlign = 'center';
    ctx.fillText('measured', 0, -10);
    ctx.fillText('squeezed to fit', 0, 20, 80);
  },
  ctx => {
    ctx.font = '14px Roboto';
    ctx.letterSpacing = '4px';
    ctx.fillText('spaced', -46, -16);
    ctx.letterSpacing = '0px';
    ctx.fillText('one\nline\tonly', -46, 4);
    ctx.rotate(-0.15);
    ctx.globalAlpha = 0.5;
    ctx.fillText('turned', -40, 26);
  },
);

import {drawings} from './shared/drawn';

export default drawings(
  'draw-measures',
  ctx => {
    ctx.font = '24px Roboto';
    ctx.textAlign = 'left';
    ctx.textBaseline = 'alphabetic';
    const m = ctx.measureText('Agq');
    ctx.fillStyle = '#ddd';
    ctx.fillRect(-m.actualBoundingBoxLeft, -m.actualBoundingBoxAscent, m.actualBoundingBoxLeft + m.actualBoundingBoxRight, m.actualBoundingBoxAscent + m.actualBoundingBoxDescent);
    ctx.strokeStyle = 'tomato';
    ctx.strokeRect(0, -m.fontBoundingBoxAscent, m.width, m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    ctx.fillStyle = 'black';
    ctx.fillText('Agq', 0, 0);
  },
  ctx => {
    ctx.font = 'bold 20px Roboto';
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    const m = ctx.measureText('Mitte');
    ctx.fillStyle = '#ddd';
    ctx.fillRect(-m.actualBoundingBoxLeft, -m.actualBoundingBoxAscent, m.actualBoundingBoxLeft + m.actualBoundingBoxRight, m.actualBoundingBoxAscent + m.actualBoundingBoxDescent);
    ctx.strokeStyle = 'tomato';
    ctx.strokeRect(-m.width / 2, -m.fontBoundingBoxAscent, m.width, m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    ctx.fillStyle = 'black';
    ctx.fillText('Mitte', 0, 0);
  },
  ctx => {
    ctx.font = 'italic 26px Roboto';
    ctx.textAlign = 'right';
    ctx.textBaseline = 'top';
    const m = ctx.measureText('fj');
    ctx.fillStyle = '#ddd';
    ctx.fillRect(-m.actualBoundingBoxLeft, -m.actualBoundingBoxAscent, m.actualBoundingBoxLeft + m.actualBoundingBoxRight, m.actualBoundingBoxAscent + m.actualBoundingBoxDescent);
    ctx.strokeStyle = 'tomato';
    ctx.strokeRect(-m.width, -m.fontBoundingBoxAscent, m.width, m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    ctx.fillStyle = 'black';
    ctx.fillText('fj', 0, 0);
  },
  ctx => {
    ctx.font = '16px Roboto';
    ctx.textAlign = 'left';
    ctx.textBaseline = 'bottom';
    const m = ctx.measureText('  a  ');
    ctx.fillStyle = '#ddd';
    ctx.fillRect(-m.actualBoundingBoxLeft, -m.actualBoundingBoxAscent, m.actualBoundingBoxLeft + m.actualBoundingBoxRight, m.actualBoundingBoxAscent + m.actualBoundingBoxDescent);
    ctx.strokeStyle = 'tomato';
    ctx.strokeRect(0, -m.fontBoundingBoxAscent, m.width, m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    ctx.fillStyle = 'black';
    ctx.fillText('  a  ', 0, 0);
  },
  ctx => {
    ctx.font = '20px Roboto';
    ctx.textAlign = 'center';
    ctx.textBaseline = 'hanging';
    const m = ctx.measureText('Hang');
    ctx.fillStyle = '#ddd';
    ctx.fillRect(-m.actualBoundingBoxLeft, -m.actualBoundingBoxAscent, m.actualBoundingBoxLeft + m.actualBoundingBoxRight, m.actualBoundingBoxAscent + m.actualBoundingBoxDescent);
    ctx.strokeStyle = 'tomato';
    ctx.strokeRect(-m.width / 2, -m.fontBoundingBoxAscent, m.width, m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    ctx.fillStyle = 'black';
    ctx.fillText('Hang', 0, 0);
  },
  ctx => {
    ctx.font = '20px Roboto';
    ctx.textAlign = 'left';
    ctx.textBaseline = 'ideographic';
    const m = ctx.measureText('xyz');
    ctx.fillStyle = '#ddd';
    ctx.fillRect(-m.actualBoundingBoxLeft, -m.actualBoundingBoxAscent, m.actualBoundingBoxLeft + m.actualBoundingBoxRight, m.actualBoundingBoxAscent + m.actualBoundingBoxDescent);
    ctx.strokeStyle = 'tomato';
    ctx.strokeRect(0, -m.fontBoundingBoxAscent, m.width, m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    ctx.fillStyle = 'black';
    ctx.fillText('xyz', 0, 0);
  },
);

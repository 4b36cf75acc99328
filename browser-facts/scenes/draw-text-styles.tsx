import {drawings} from './shared/drawn';

export default drawings(
  'draw-text-styles',
  ctx => {
    ctx.font = '18px Roboto';
    ctx.letterSpacing = '4px';
    ctx.fillText('spaced', -44, -8);
    ctx.letterSpacing = '0px';
    ctx.wordSpacing = '14px';
    ctx.fillText('a b c d', -44, 20);
  },
  ctx => {
    ctx.font = '22px Roboto';
    ctx.fillText('narrow text', -40, -6, 60);
    ctx.textAlign = 'right';
    ctx.fillText('narrow text', 40, 22, 60);
  },
  ctx => {
    ctx.font = 'italic 26px Roboto';
    ctx.textAlign = 'center';
    ctx.strokeStyle = 'crimson';
    ctx.lineJoin = 'round';
    ctx.lineWidth = 4;
    ctx.strokeText('Outline', 0, 8);
    ctx.fillStyle = 'white';
    ctx.fillText('Outline', 0, 8);
  },
  ctx => {
    ctx.font = '900 20px Roboto';
    ctx.fillText('black', -40, -10);
    ctx.font = '300 20px Roboto';
    ctx.fillText('light', -40, 14);
  },
  ctx => {
    // Line breaks are spaces.
    ctx.font = '16px Roboto';
    ctx.fillText('one\ntwo\tthree', -44, 5);
  },
  ctx => {
    ctx.direction = 'rtl';
    ctx.font = '16px Roboto';
    ctx.fillText('start', 40, -10);
    ctx.textAlign = 'end';
    ctx.fillText('end!', -40, 16);
  },
);

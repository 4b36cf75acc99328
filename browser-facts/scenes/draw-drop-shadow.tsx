import {drawings} from './shared/drawn';

export default drawings(
  'draw-drop-shadow',
  ctx => {
    ctx.filter = 'drop-shadow(6px 8px 4px #0008)';
    ctx.fillStyle = 'gold';
    ctx.fillRect(-30, -25, 50, 40);
  },
  ctx => {
    ctx.filter = 'drop-shadow(rgb(0, 0, 255) 8px 4px)';
    ctx.rotate(0.4);
    ctx.fillStyle = 'orange';
    ctx.fillRect(-20, -20, 40, 40);
  },
  ctx => {
    // The shadow is of what was made before it, and takes part in what comes after it.
    ctx.filter = 'opacity(50%) drop-shadow(10px 0 0 red) invert(1)';
    ctx.fillStyle = 'teal';
    ctx.fillRect(-30, -20, 40, 40);
  },
  ctx => {
    ctx.filter = 'drop-shadow(-5px -5px 0 crimson) drop-shadow(10px 10px 3px navy)';
    ctx.font = 'bold 40px Roboto';
    ctx.textAlign = 'center';
    ctx.fillText('two', 0, 14);
  },
  ctx => {
    ctx.filter = 'drop-shadow(4px 4px 2px black)';
    ctx.shadowColor = 'lime';
    ctx.shadowOffsetX = -8;
    ctx.shadowOffsetY = -4;
    ctx.globalAlpha = 0.6;
    ctx.fillStyle = 'purple';
    ctx.fillRect(-20, -20, 40, 40);
  },
  ctx => {
    // What is no shadow leaves the filter as it was.
    ctx.filter = 'sepia(1)';
    ctx.filter = 'drop-shadow(5px)';
    ctx.filter = 'drop-shadow(1px 2px 3px 4px)';
    ctx.fillStyle = 'royalblue';
    ctx.fillRect(-30, -25, 60, 50);
  },
);

import {drawings} from './shared/drawn';

export default drawings(
  'draw-gradients',
  ctx => {
    const ink = ctx.createLinearGradient(-40, 0, 40, 0);
    ink.addColorStop(0, 'red');
    ink.addColorStop(0.5, 'gold');
    ink.addColorStop(1, 'navy');
    ctx.fillStyle = ink;
    ctx.fillRect(-40, -30, 80, 60);
  },
  ctx => {
    const ink = ctx.createRadialGradient(-10, -10, 4, 0, 0, 36);
    ink.addColorStop(0, 'white');
    ink.addColorStop(1, 'teal');
    ctx.fillStyle = ink;
    ctx.fillRect(-40, -30, 80, 60);
  },
  ctx => {
    const ink = ctx.createConicGradient(-Math.PI / 2, 0, 0);
    ['red', 'gold', 'lime', 'aqua', 'blue', 'red'].forEach((color, index) => ink.addColorStop(index / 5, color));
    ctx.fillStyle = ink;
    ctx.beginPath();
    ctx.arc(0, 0, 32, 0, 7);
    ctx.fill();
  },
  ctx => {
    // Two stops at one place are an edge; what is transparent fades.
    const ink = ctx.createLinearGradient(0, -30, 0, 30);
    ink.addColorStop(0.3, '#f008');
    ink.addColorStop(0.5, '#00f');
    ink.addColorStop(0.5, 'lime');
    ink.addColorStop(1, 'transparent');
    ctx.fillStyle = ink;
    ctx.fillRect(-40, -30, 80, 60);
  },
  ctx => {
    // A gradient goes with the space it is used in.
    const ink = ctx.createLinearGradient(-20, 0, 20, 0);
    ink.addColorStop(0, 'black');
    ink.addColorStop(1, 'orange');
    ctx.strokeStyle = ink;
    ctx.lineWidth = 10;
    ctx.rotate(0.5);
    ctx.scale(1.4, 0.8);
    ctx.strokeRect(-22, -22, 44, 44);
  },
  ctx => {
    // Circles that do not lie in one another.
    const ink = ctx.createRadialGradient(-20, 0, 6, 15, 0, 14);
    ink.addColorStop(0, 'crimson');
    ink.addColorStop(1, 'gold');
    ctx.fillStyle = ink;
    ctx.fillRect(-40, -30, 80, 60);
  },
);

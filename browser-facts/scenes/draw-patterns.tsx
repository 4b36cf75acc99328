import {drawings} from './shared/drawn';

export default drawings(
  'draw-patterns',
  ctx => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 16;
    const own = tile.getContext('2d')!;
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 8, 8);
    own.fillStyle = 'tomato';
    own.fillRect(8, 8, 8, 8);
    ctx.fillStyle = ctx.createPattern(tile, 'repeat')!;
    ctx.fillRect(-40, -30, 80, 60);
  },
  ctx => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 16;
    const own = tile.getContext('2d')!;
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 8, 8);
    own.fillStyle = 'tomato';
    own.fillRect(8, 8, 8, 8);
    ctx.fillStyle = ctx.createPattern(tile, 'repeat-x')!;
    ctx.fillRect(-40, -30, 80, 60);
  },
  ctx => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 16;
    const own = tile.getContext('2d')!;
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 8, 8);
    own.fillStyle = 'tomato';
    own.fillRect(8, 8, 8, 8);
    ctx.fillStyle = ctx.createPattern(tile, 'no-repeat')!;
    ctx.translate(-20, -10);
    ctx.fillRect(-20, -20, 80, 60);
  },
  ctx => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 16;
    const own = tile.getContext('2d')!;
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 8, 8);
    own.fillStyle = 'tomato';
    own.fillRect(8, 8, 8, 8);
    const ink = ctx.createPattern(tile, null)!;
    ink.setTransform(new DOMMatrix().rotateSelf(30).scaleSelf(1.5));
    ctx.fillStyle = ink;
    ctx.beginPath();
    ctx.arc(0, 0, 34, 0, 7);
    ctx.fill();
  },
  ctx => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 16;
    const own = tile.getContext('2d')!;
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 8, 8);
    own.fillStyle = 'tomato';
    own.fillRect(8, 8, 8, 8);
    ctx.strokeStyle = ctx.createPattern(tile, 'repeat')!;
    ctx.lineWidth = 14;
    ctx.strokeRect(-28, -20, 56, 40);
  },
  ctx => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 16;
    const own = tile.getContext('2d')!;
    own.fillStyle = 'navy';
    own.fillRect(0, 0, 8, 8);
    own.fillStyle = 'tomato';
    own.fillRect(8, 8, 8, 8);
    ctx.globalAlpha = 0.5;
    ctx.fillStyle = ctx.createPattern(tile, 'repeat-y')!;
    ctx.font = 'bold 50px Roboto';
    ctx.fillRect(0, -30, 30, 60);
  },
);

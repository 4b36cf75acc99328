import {
  Gradient, arc, arcTo, bezierCurveTo, drawLine, drawPivot, drawPolygon, drawRect, drawRoundRect, fillRect, lineTo, moveTo,
  quadraticCurveTo, resolveCanvasStyle, strokeRect,
} from '@revideo/2d';
import {BBox, Color, Spacing, Vector2} from '@revideo/core';
import {drawings} from './shared/drawn';

export default drawings(
  'draw-helpers',
  ctx => {
    ctx.beginPath();
    moveTo(ctx, new Vector2(-40, -30));
    lineTo(ctx, new Vector2(30, -30));
    arcTo(ctx, new Vector2(40, -30), new Vector2(40, 0), 10);
    quadraticCurveTo(ctx, new Vector2(40, 30), new Vector2(0, 30));
    bezierCurveTo(ctx, new Vector2(-20, 30), new Vector2(-10, 0), new Vector2(-40, 10));
    ctx.closePath();
    ctx.fillStyle = resolveCanvasStyle(new Color('tomato'), ctx);
    ctx.fill();
  },
  ctx => {
    ctx.fillStyle = 'seagreen';
    ctx.beginPath();
    drawRoundRect(ctx, new BBox(-45, -32, 40, 60), new Spacing(20, 8, 0, 14), false, 0.6);
    drawRoundRect(ctx, new BBox(5, -32, 40, 60), new Spacing(16), true, 0.8);
    ctx.fill();
  },
  ctx => {
    ctx.fillStyle = 'royalblue';
    ctx.beginPath();
    drawPolygon(ctx, new BBox(-45, -30, 40, 60), 5);
    ctx.fill();
    ctx.beginPath();
    drawRect(ctx, new BBox(5, -30, 30, 20));
    arc(ctx, new Vector2(20, 16), 14);
    ctx.stroke();
  },
  ctx => {
    ctx.beginPath();
    drawLine(ctx, [new Vector2(-40, 20), new Vector2(-10, -20), new Vector2(10, 20), new Vector2(40, -20)]);
    ctx.lineWidth = 4;
    ctx.stroke();
  },
  ctx => {
    const gradient = new Gradient({
      type: 'linear',
      from: [-40, 0],
      to: [40, 0],
      stops: [
        {offset: 0, color: 'crimson'},
        {offset: 1, color: 'navy'},
      ],
    });
    ctx.fillStyle = resolveCanvasStyle(gradient, ctx);
    fillRect(ctx, new BBox(-40, -30, 80, 60));
    ctx.strokeStyle = 'black';
    strokeRect(ctx, new BBox(-20, -10, 40, 20));
  },
  ctx => {
    ctx.beginPath();
    drawPivot(ctx, new Vector2(0, 0), 20);
    ctx.stroke();
  },
);

import {Color} from '@revideo/core';
import type {BBox, Spacing, Vector2} from '@revideo/core';
import type {DrawingContext} from '../partials/drawingContext';
import type {CanvasStyle} from '../partials/canvasStyle';

/** What can be drawn to: a canvas context, or a path where it is only about its outline. */
export interface PathLike {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise?: boolean): void;
  arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void;
}

interface ContextLike extends PathLike {
  beginPath(): void;
  closePath(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  drawImage(image: any, ...place: number[]): void;
}

/** Begins a subpath at a point. */
export function moveTo(context: PathLike, {x, y}: Vector2): void {
  context.moveTo(x, y);
}

/** A line to a point. */
export function lineTo(context: PathLike, {x, y}: Vector2): void {
  context.lineTo(x, y);
}

/** A rounded corner at a point, towards another. */
export function arcTo(context: PathLike, through: Vector2, to: Vector2, radius: number): void {
  context.arcTo(through.x, through.y, to.x, to.y, radius);
}

/** A part of a circle, angles in radians; all of it unless told. */
export function arc(
  context: PathLike,
  {x, y}: Vector2,
  radius: number,
  from = 0,
  to: number = Math.PI * 2,
  counterclockwise = false,
): void {
  context.arc(x, y, radius, from, to, counterclockwise);
}

export function bezierCurveTo(context: PathLike, first: Vector2, second: Vector2, to: Vector2): void {
  context.bezierCurveTo(first.x, first.y, second.x, second.y, to.x, to.y);
}

export function quadraticCurveTo(context: PathLike, control: Vector2, to: Vector2): void {
  context.quadraticCurveTo(control.x, control.y, to.x, to.y);
}

/** A rectangle as a subpath. */
export function drawRect(context: PathLike, {x, y, width, height}: BBox): void {
  context.rect(x, y, width, height);
}

export function fillRect(context: ContextLike, {x, y, width, height}: BBox): void {
  context.fillRect(x, y, width, height);
}

export function strokeRect(context: ContextLike, {x, y, width, height}: BBox): void {
  context.strokeRect(x, y, width, height);
}

/** Lines from point to point. */
export function drawLine(context: PathLike, points: Vector2[]): void {
  points.forEach((point, index) => (index === 0 ? moveTo(context, point) : lineTo(context, point)));
}

/** A cross in a circle that marks a point. */
export function drawPivot(context: ContextLike, {x, y}: Vector2, radius = 8): void {
  context.beginPath();
  context.moveTo(x, y - radius);
  context.lineTo(x, y + radius);
  context.moveTo(x - radius, y);
  context.lineTo(x + radius, y);
  context.arc(x, y, radius, 0, Math.PI * 2);
}

/** A regular polygon as large as a box, one corner up; its middle is the origin, wherever the box lies. */
export function drawPolygon(context: PathLike, box: BBox, sides: number): void {
  for (let index = 0; index <= sides; index++) {
    const angle = (index / sides) * Math.PI * 2;
    const x = (Math.sin(angle) * box.width) / 2;
    const y = (Math.cos(angle) * box.height) / -2;
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

/** A picture in a box, or the part of it in a box of its own. */
export function drawImage(context: ContextLike, image: unknown, first: BBox, second?: BBox): void {
  const numbers = [first, ...(second === undefined ? [] : [second])].flatMap(box => [box.x, box.y, box.width, box.height]);
  context.drawImage(image, ...numbers);
}

/** The radius of a corner that its two sides leave room for: what is left of them when the opposite corners are cut. */
export function adjustRectRadius(
  radius: number,
  horizontal: number,
  vertical: number,
  {width, height}: {width: number; height: number},
): number {
  const fit = (side: number, other: number) => (radius + other > side ? side * (radius / (radius + other)) : radius);
  return Math.min(fit(width, horizontal), fit(height, vertical));
}

/** How far a circle's control points lie from its ends, per radius. */
const ROUND = 0.5522847498;

/** A rectangle with rounded corners; smooth ones are as sharp as told, from 0 to 1. */
export function drawRoundRect(
  context: PathLike,
  box: BBox,
  radius: Spacing,
  smoothCorners = false,
  cornerSharpness = 0.6,
): void {
  const {top, right, bottom, left} = radius;
  if (top === 0 && right === 0 && bottom === 0 && left === 0) {
    drawRect(context, box);
    return;
  }
  const topLeft = adjustRectRadius(top, right, left, box);
  const topRight = adjustRectRadius(right, top, bottom, box);
  const bottomRight = adjustRectRadius(bottom, left, right, box);
  const bottomLeft = adjustRectRadius(left, bottom, top, box);
  const share = smoothCorners ? cornerSharpness : ROUND;
  const {left: x0, right: x1, top: y0, bottom: y1} = box;
  context.moveTo(x0 + topLeft, y0);
  context.lineTo(x1 - topRight, y0);
  context.bezierCurveTo(x1 - topRight * (1 - share), y0, x1, y0 + topRight * (1 - share), x1, y0 + topRight);
  context.lineTo(x1, y1 - bottomRight);
  context.bezierCurveTo(x1, y1 - bottomRight * (1 - share), x1 - bottomRight * (1 - share), y1, x1 - bottomRight, y1);
  context.lineTo(x0 + bottomLeft, y1);
  context.bezierCurveTo(x0 + bottomLeft * (1 - share), y1, x0, y1 - bottomLeft * (1 - share), x0, y1 - bottomLeft);
  context.lineTo(x0, y0 + topLeft);
  context.bezierCurveTo(x0, y0 + topLeft * (1 - share), x0 + topLeft * (1 - share), y0, x0 + topLeft, y0);
}

/** A fill or stroke as a canvas takes it. */
export function resolveCanvasStyle(style: CanvasStyle, context: DrawingContext): any {
  if (style === null || style === undefined) return '';
  if (style instanceof Color) return style.serialize();
  return 'canvasGradient' in style ? style.canvasGradient(context) : style.canvasPattern(context);
}

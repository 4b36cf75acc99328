import {Affine, Color} from '@revideo/core';
import type {Box} from './bounds';
import {readTransform} from './matrix';

/** A gradient of a document, in the space of a node. */
export interface SvgGradient {
  type: 'linear' | 'radial';
  from: [x: number, y: number];
  to: [x: number, y: number];
  fromRadius: number;
  toRadius: number;
  stops: {offset: number; color: Color}[];
}

/** What a gradient may be measured by. */
export interface GradientRoom {
  /** The box of the shape, in the space of its element. */
  bounds(): Box;
  /** Where the node's origin lies in the space of its element. */
  origin: readonly [x: number, y: number];
  /** The size of the document's own space. */
  view: readonly [width: number, height: number];
}

type ById = ReadonlyMap<string, NativeElement>;

/** Gradients that may take what they do not say from one another. */
const MOST_LINKS = 16;

/** The gradient of an element as it paints a shape; null where it paints nothing. */
export function readGradient(element: NativeElement, byId: ById, room: GradientRoom): SvgGradient | null {
  const chain = chainOf(element, byId);
  const say = (name: string) => chain.find(({attributes}) => attributes[name] !== undefined)?.attributes[name];
  const stops = stopsOf(chain.find(({children}) => children.some(({name}) => name === 'stop')));
  if (stops.length === 0) return null;
  const isOfBox = say('gradientUnits') !== 'userSpaceOnUse';
  const box = isOfBox ? room.bounds() : null;
  if (box !== null && (box[2] <= 0 || box[3] <= 0)) return null;
  const [x, y] = room.origin;
  const matrix = new Affine([1, 0, 0, 1, -x, -y]);
  if (box !== null) matrix.multiplySelf(new Affine([box[2], 0, 0, box[3], box[0], box[1]]));
  const transform = say('gradientTransform');
  if (transform !== undefined) matrix.multiplySelf(readTransform(transform));
  const [width, height] = isOfBox ? [1, 1] : room.view;
  const diagonal = Math.hypot(width, height) / Math.SQRT2;
  const number = (name: string, whole: number, otherwise: number) => length(say(name), whole) ?? otherwise;
  if (element.name === 'linearGradient') {
    const from: Point = [number('x1', width, 0), number('y1', height, 0)];
    const to: Point = [number('x2', width, width), number('y2', height, 0)];
    return {type: 'linear', ...straight(matrix, from, to), fromRadius: 0, toRadius: 0, stops};
  }
  const to: Point = [number('cx', width, width / 2), number('cy', height, height / 2)];
  const from: Point = [number('fx', width, to[0]), number('fy', height, to[1])];
  // A circle that leans is drawn as one of the same area.
  const scale = Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
  return {
    type: 'radial',
    from: at(matrix, from),
    to: at(matrix, to),
    fromRadius: number('fr', diagonal, 0) * scale,
    toRadius: number('r', diagonal, diagonal / 2) * scale,
    stops,
  };
}

type Point = [x: number, y: number];

/** A gradient and those that it takes the rest from. */
function chainOf(element: NativeElement, byId: ById): NativeElement[] {
  const chain = [element];
  for (let next = linked(element, byId); next !== undefined; next = linked(next, byId)) {
    if (chain.includes(next) || chain.length === MOST_LINKS) break;
    chain.push(next);
  }
  return chain;
}

function linked({attributes}: NativeElement, byId: ById): NativeElement | undefined {
  return byId.get((attributes.href ?? '').trim().replace(/^#/, ''));
}

function stopsOf(element: NativeElement | undefined): SvgGradient['stops'] {
  const stops: SvgGradient['stops'] = [];
  let last = 0;
  for (const {name, attributes} of element?.children ?? []) {
    if (name !== 'stop') continue;
    const style = declarations(attributes.style);
    const say = (property: string) => style.get(property) ?? attributes[property];
    last = Math.max(last, Math.min(1, length(attributes.offset, 1) ?? 0));
    const opacity = Math.max(0, Math.min(1, length(say('stop-opacity'), 1) ?? 1));
    const color = colorOf(say('stop-color') ?? 'black');
    stops.push({offset: last, color: color.alpha(color.alpha() * opacity)});
  }
  return stops;
}

function colorOf(text: string): Color {
  try {
    return new Color(text.trim());
  } catch {
    return new Color('black');
  }
}

function declarations(style = ''): Map<string, string> {
  const pairs = style.split(';').map(part => part.split(':'));
  return new Map(pairs.filter(pair => pair.length === 2).map(([name, value]) => [name.trim(), value.trim()]));
}

/** A number, or a percentage of something. */
function length(text: string | undefined, whole: number): number | undefined {
  const value = parseFloat(text ?? '');
  if (!Number.isFinite(value)) return undefined;
  return text!.trim().endsWith('%') ? (value / 100) * whole : value;
}

function at({a, b, c, d, e, f}: Affine, [x, y]: Point): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** A linear gradient under a transform: its stripes stay stripes, and its line square to them. */
function straight(matrix: Affine, from: Point, to: Point): {from: Point; to: Point} {
  const [begin, end] = [at(matrix, from), at(matrix, to)];
  const stripe = at(matrix, [from[0] - (to[1] - from[1]), from[1] + (to[0] - from[0])]);
  const [x, y] = [begin[1] - stripe[1], stripe[0] - begin[0]];
  const square = x * x + y * y;
  if (square === 0) return {from: begin, to: end};
  const part = ((end[0] - begin[0]) * x + (end[1] - begin[1]) * y) / square;
  return {from: begin, to: [begin[0] + x * part, begin[1] + y * part]};
}

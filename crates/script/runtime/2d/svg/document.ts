import {Affine, Vector2} from '@revideo/core';
import {svgPath} from '../curves/svgPath';
import {boxOf, boxOfPath} from './bounds';
import type {Box} from './bounds';
import {readGradient} from './gradient';
import type {SvgGradient} from './gradient';
import {moved, placement, readTransform} from './matrix';
import {number, readStyle} from './style';
import type {SvgRemarks, SvgStyle} from './style';

/** A shape of a document: what makes a node of it. */
export interface SvgShape {
  /** The element's id, or its name. */
  id: string;
  kind: 'Path' | 'Rect' | 'Circle' | 'Line' | 'Img';
  style: SvgStyle;
  /** Further props of the node. */
  props: Record<string, unknown>;
  /** The gradients that its style names. */
  gradients?: {fill?: SvgGradient; stroke?: SvgGradient};
  /** Of a picture: the box to fit it into. */
  fit?: {x: number; y: number; width?: number; height?: number; transform: Affine};
}

/** A document's size and its shapes, bottom first, around its middle. */
export interface SvgPicture {
  size: Vector2;
  shapes: SvgShape[];
}

const NOTHING: SvgPicture = {size: Vector2.zero, shapes: []};

/** Pixels of the units of a document's size. */
const UNITS: Record<string, number> = {'': 1, px: 1, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, pt: 96 / 72, pc: 16, em: 16, ex: 7.34375};

/** What a document without proportions is as large as. */
const DEFAULT = {width: 300, height: 150};

/**
 * What a document shows.
 *
 * @throws an error that says what is wrong with it, and where.
 */
export function readSvg(text: string, remarks: SvgRemarks): SvgPicture {
  if (text === '') return NOTHING;
  const {root, bounds} = __kinora.svg(text);
  const box = viewBox(root.attributes.viewBox) ?? bounds;
  const width = length(root.attributes.width);
  const height = length(root.attributes.height);
  const ratio = viewBox(root.attributes.viewBox) === undefined ? undefined : box![2] / box![3];
  const size =
    width === undefined && height === undefined
      ? new Vector2(box?.[2] ?? 0, box?.[3] ?? 0)
      : new Vector2(
          width ?? (ratio === undefined ? DEFAULT.width : height! * ratio),
          height ?? (ratio === undefined ? DEFAULT.height : width! / ratio),
        );
  const [x, y, w, h] = box ?? [0, 0, size.x, size.y];
  if (w <= 0 || h <= 0) return NOTHING;
  const scale = new Affine([size.x / w, 0, 0, size.y / h, 0, 0]);
  const reader = new Reader(root, [w, h], remarks);
  reader.children(root, scale.multiplySelf(new Affine([1, 0, 0, 1, -x - w / 2, -y - h / 2])), {});
  return {size, shapes: reader.shapes};
}

function length(text: string | undefined): number | undefined {
  const [, digits, unit] = /^\s*([+\d.]+(?:e[-+]?\d+)?)\s*([a-z]*)\s*$/i.exec(text ?? '') ?? [];
  const scale = UNITS[unit?.toLowerCase()];
  const value = Number(digits) * scale;
  return Number.isFinite(value) ? value : undefined;
}

function viewBox(text: string | undefined): [number, number, number, number] | undefined {
  const numbers = (text ?? '').trim().split(/[\s,]+/).map(Number);
  return numbers.length === 4 && numbers.every(Number.isFinite) && numbers[2] > 0 && numbers[3] > 0
    ? (numbers as [number, number, number, number])
    : undefined;
}

class Reader {
  public readonly shapes: SvgShape[] = [];
  private readonly byId = new Map<string, NativeElement>();
  /** Elements that are being used: one that uses itself is not drawn there. */
  private readonly open = new Set<NativeElement>();

  public constructor(
    root: NativeElement,
    /** The size of the document's own space. */
    private readonly view: readonly [number, number],
    private readonly remarks: SvgRemarks,
  ) {
    const waiting = [root];
    for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
      const {id} = element.attributes;
      if (id !== undefined && !this.byId.has(id)) this.byId.set(id, element);
      waiting.push(...element.children);
    }
  }

  public children(parent: NativeElement, around: Affine, style: SvgStyle): void {
    for (const child of parent.children) this.element(child, around, style);
  }

  private element(element: NativeElement, around: Affine, inherited: SvgStyle): void {
    const {name, attributes} = element;
    const draw = SHAPES[name];
    if (draw === undefined && name !== 'g' && name !== 'use') return;
    const style = readStyle(attributes, inherited, this.remarks);
    const matrix = attributes.transform === undefined ? around : around.multiply(readTransform(attributes.transform));
    if (name === 'g') {
      this.children(element, matrix, style);
    } else if (name === 'use') {
      this.use(element, matrix, style);
    } else {
      const shape = draw(attributes, matrix);
      if (shape !== null) this.shapes.push(this.painted(attributes.id ?? name, style, shape));
    }
  }

  /** A shape with the gradients that its style names. */
  private painted(id: string, style: SvgStyle, {bounds, origin, ...shape}: Drawn): SvgShape {
    const gradients: SvgShape['gradients'] = {};
    const own = {...style};
    for (const side of ['fill', 'stroke'] as const) {
      const [, name, otherwise] = /^url\(\s*['"]?#([^'")]*)['"]?\s*\)\s*(.*)$/i.exec(style[side] ?? '') ?? [];
      if (name === undefined) continue;
      const element = this.byId.get(name);
      const isGradient = element?.name === 'linearGradient' || element?.name === 'radialGradient';
      if (!isGradient) this.remarks.warn(`\`${style[side]}\` names no gradient of the document`);
      const room = {bounds: bounds ?? (() => NO_BOX), origin: origin ?? ORIGIN, view: this.view};
      const gradient = isGradient ? readGradient(element!, this.byId, room) : null;
      own[side] = otherwise || 'none';
      if (gradient !== null) gradients[side] = gradient;
    }
    return {id, style: own, gradients, ...shape};
  }

  private use(element: NativeElement, matrix: Affine, style: SvgStyle): void {
    const target = this.byId.get((element.attributes.href ?? '').trim().replace(/^#/, ''));
    if (target === undefined || this.open.has(target)) return;
    const {x, y} = element.attributes;
    this.open.add(target);
    this.element(target, moved(matrix, number(x) ?? 0, number(y) ?? 0), style);
    this.open.delete(target);
  }
}

type Attributes = Record<string, string | undefined>;
type Drawn = Pick<SvgShape, 'kind' | 'props' | 'fit'> & {
  /** Its box in the space of its element. */
  bounds?: () => Box;
  /** Where the node's origin lies there. */
  origin?: readonly [number, number];
};

const ORIGIN = [0, 0] as const;
const NO_BOX: Box = [0, 0, 0, 0];

const SHAPES: Record<string, (attributes: Attributes, matrix: Affine) => Drawn | null> = {
  path({d}, matrix) {
    if (d === undefined) return null;
    return {kind: 'Path', props: {data: d, ...placement(matrix)}, bounds: () => boxOfPath(svgPath(d))};
  },
  rect(attributes, matrix) {
    const {x, y, width, height} = box(attributes);
    if (!(width! > 0 && height! > 0)) return null;
    const rx = number(attributes.rx) ?? number(attributes.ry) ?? 0;
    const ry = number(attributes.ry) ?? rx;
    const origin = [x + width! / 2, y + height! / 2] as const;
    const middle = placement(moved(matrix, ...origin));
    const room = {bounds: () => [x, y, width!, height!] as const, origin};
    if (rx === ry) return {kind: 'Rect', props: {width, height, radius: rx, ...middle}, ...room};
    return {kind: 'Path', props: {data: rounded(width!, height!, rx, ry), ...middle}, ...room};
  },
  circle: ({cx, cy, r}, matrix) => ellipse(cx, cy, number(r), number(r), matrix),
  ellipse: ({cx, cy, rx, ry}, matrix) => ellipse(cx, cy, number(rx) ?? number(ry), number(ry) ?? number(rx), matrix),
  line({x1, y1, x2, y2}, matrix) {
    const points = [
      [number(x1) ?? 0, number(y1) ?? 0],
      [number(x2) ?? 0, number(y2) ?? 0],
    ];
    return line(points as [number, number][], matrix);
  },
  polyline: ({points}, matrix) => line(pairs(points), matrix),
  polygon: ({points}, matrix) => line(pairs(points), matrix, {closed: true}),
  image(attributes, matrix) {
    const src = attributes.href;
    return src === undefined ? null : {kind: 'Img', props: {src}, fit: {...box(attributes), transform: matrix}};
  },
};

function box(attributes: Attributes): {x: number; y: number; width?: number; height?: number} {
  return {
    x: number(attributes.x) ?? 0,
    y: number(attributes.y) ?? 0,
    width: number(attributes.width),
    height: number(attributes.height),
  };
}

function line(points: [number, number][], matrix: Affine, props: object = {}): Drawn {
  return {kind: 'Line', props: {points, ...props, ...placement(matrix)}, bounds: () => boxOf(points.flat())};
}

function ellipse(cx: string | undefined, cy: string | undefined, rx = 0, ry = 0, matrix: Affine): Drawn | null {
  if (!(rx > 0 && ry > 0)) return null;
  const origin = [number(cx) ?? 0, number(cy) ?? 0] as const;
  const props = {width: rx * 2, height: ry * 2, ...placement(moved(matrix, ...origin))};
  return {kind: 'Circle', props, bounds: () => [origin[0] - rx, origin[1] - ry, rx * 2, ry * 2], origin};
}

function pairs(text = ''): [number, number][] {
  const numbers = (text.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
  const points: [number, number][] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) points.push([numbers[index], numbers[index + 1]]);
  return points;
}

/** A rectangle around the origin whose corners are elliptic. */
function rounded(width: number, height: number, rx: number, ry: number): string {
  const [x, y] = [width / 2, height / 2];
  const [a, b] = [Math.min(Math.max(rx, 0), x), Math.min(Math.max(ry, 0), y)];
  const arc = (dx: number, dy: number) => `a${a} ${b} 0 0 1 ${dx} ${dy}`;
  return (
    `M${a - x} ${-y}H${x - a}${arc(a, b)}V${y - b}${arc(-a, b)}` + `H${a - x}${arc(-a, -b)}V${b - y}${arc(a, -b)}Z`
  );
}

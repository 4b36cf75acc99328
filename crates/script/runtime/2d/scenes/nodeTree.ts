import {BBox, Color, Vector2, transformVectorAsPoint} from '@revideo/core';
import type {NodeFacts} from '@revideo/core';
import {Icon} from '../components/Icon';
import {Img} from '../components/Img';
import {Latex} from '../components/Latex';
import type {Node} from '../components/Node';
import {Txt} from '../components/Txt';
import {Video} from '../components/Video';
import {getPropertiesOf} from '../decorators/metadata';

/** Characters of a property's value that are told. */
const LONGEST_VALUE = 200;
/** How far letters reach above and below the line that they stand on, in font sizes. */
const ASCENT = 0.74;
const DESCENT = 0.22;

/** What there is to tell of a node and of those below it, in tree order. */
export function nodeTree(node: Node, depth = 0): NodeFacts[] {
  const facts = [nodeFacts(node, depth)];
  for (const child of node.peekChildren()) facts.push(...nodeTree(child, depth + 1));
  return facts;
}

function nodeFacts(node: Node, depth: number): NodeFacts {
  const box = node.cacheBBox();
  const own = node.$$ownBox();
  const matrix = node.localToWorld();
  const onCanvas = ({x, y, width, height}: BBox): [number, number][] =>
    [new Vector2(x, y), new Vector2(x + width, y), new Vector2(x + width, y + height), new Vector2(x, y + height)].map(corner => {
      const point = transformVectorAsPoint(corner, matrix);
      return [round(point.x), round(point.y)];
    });
  const facts: NodeFacts = {
    key: String(node.key),
    class: node.constructor.name,
    depth,
    corners: onCanvas(box),
    size: [round(box.width), round(box.height)],
    scale: round(Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c))),
    opacity: round(node.absoluteOpacity()),
    properties: properties(node),
    kind: (node as any).$$nativeKind,
    made: node.$$made.stack ?? '',
  };
  if (isPicture(node)) {
    const [, [width, height]] = node.$$encodeSource();
    if (width > 0 && height > 0) facts.source = [width, height];
  }
  if (node instanceof Video) {
    facts.clip = {time: node.$$drawnTime(), duration: node.getDuration(), loops: node.loop()};
  }
  if (own.width > 0 && own.height > 0) facts.own = onCanvas(own);
  if (node instanceof Txt && !(node.parent() instanceof Txt)) {
    const lines = __kinora.lines(node.$$nativeId);
    facts.lines = lines.map(line => line.text);
    const letters = lettersOf(lines, node.fontSize());
    if (letters !== null) facts.letters = onCanvas(letters);
  }
  return facts;
}

/** Whether a node shows a file that has pixels of its own. */
function isPicture(node: Node): node is Img | Video {
  if (node instanceof Video) return true;
  if (!(node instanceof Img) || node instanceof Icon || node instanceof Latex) return false;
  return !/^data:image\/svg|\.svg($|[?#])/i.test(node.src() ?? '');
}

/** About where the letters of lines are, in the text's own space. */
function lettersOf(lines: {text: string; x: number; width: number; baseline: number}[], size: number): BBox | null {
  const written = lines.filter(line => line.text.trim() !== '' && line.width > 0);
  if (written.length === 0) return null;
  const left = Math.min(...written.map(line => line.x));
  const right = Math.max(...written.map(line => line.x + line.width));
  const top = written[0].baseline - size * ASCENT;
  return new BBox(left, top, right - left, written[written.length - 1].baseline + size * DESCENT - top);
}

function properties(node: Node): NodeFacts['properties'] {
  const told: NodeFacts['properties'] = [];
  for (const [name, meta] of Object.entries(getPropertiesOf(node))) {
    if (meta.inspectable === false) continue;
    try {
      const signal = (node as any)[name];
      const value = typeof signal === 'function' ? shown(signal()) : undefined;
      if (value !== undefined) told.push({name, value, initial: signal.isInitial?.() === true});
    } catch {
      // What cannot be read at this frame is not told.
    }
  }
  return told;
}

/** A value in a few letters; nothing of what says nothing so. */
function shown(value: any): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return String(round(value));
  if (typeof value === 'string' || typeof value === 'boolean') return cut(String(value));
  if (typeof value !== 'object' || value instanceof Promise) return undefined;
  if (value instanceof Color) {
    const hex = value.hex();
    return hex.endsWith('ff') ? hex.slice(0, 7) : hex;
  }
  if (Array.isArray(value)) {
    const parts = value.map(shown);
    return parts.length === 0 || parts.includes(undefined) ? undefined : cut(parts.join(', '));
  }
  if (typeof value.x === 'number' && typeof value.y === 'number') return `${round(value.x)}, ${round(value.y)}`;
  if (typeof value.top === 'number' && typeof value.left === 'number') {
    return [value.top, value.right, value.bottom, value.left].map(round).join(', ');
  }
  return undefined;
}

function cut(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** To a thousandth. */
function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 1000) / 1000 : value;
}

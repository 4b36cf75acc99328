import {canvasColor} from './colors';
import {pixels} from './font';

/** Filters in the stage's order. */
const NAMES = ['blur', 'brightness', 'contrast', 'grayscale', 'hue-rotate', 'invert', 'saturate', 'sepia', 'opacity'];
/** Those that go no further than 1. */
const LIMITED = new Set(['grayscale', 'invert', 'sepia', 'opacity']);
const FUNCTION = /\s*([a-z-]+)\(((?:[^()]|\([^()]*\))*)\)\s*/iy;
/** The number of a shadow, which has seven values: offsets, deviation, colour. */
const DROP_SHADOW = 9;
const DEGREES: Record<string, number> = {deg: 1, grad: 0.9, rad: 180 / Math.PI, turn: 360};

/** The numbers of a list of CSS filters, each a filter's and its value; null if it is none. */
export function readFilters(css: string): number[] | null {
  const text = css.trim();
  if (text === '' || text === 'none') return text === '' ? null : [];
  const numbers: number[] = [];
  FUNCTION.lastIndex = 0;
  while (FUNCTION.lastIndex < text.length) {
    const match = FUNCTION.exec(text);
    if (match === null) return null;
    const name = match[1].toLowerCase();
    if (name === 'drop-shadow') {
      const shadow = shadowOf(match[2]);
      if (shadow === null) return null;
      numbers.push(DROP_SHADOW, ...shadow);
      continue;
    }
    const kind = NAMES.indexOf(name);
    const value = kind < 0 ? null : valueOf(name, match[2].trim());
    if (value === null) return null;
    numbers.push(kind, value);
  }
  return numbers;
}

/** Offsets, deviation, red, green, blue and alpha of a shadow; null if it is none. */
function shadowOf(text: string): number[] | null {
  const words = text.match(/[^\s()]+(?:\([^()]*\))?/g) ?? [];
  const places = words.map(pixels);
  const first = places.findIndex(length => length !== null);
  if (first < 0) return null;
  let end = first;
  while (end < words.length && places[end] !== null) end++;
  const [dx, dy, deviation = 0] = places.slice(first, end) as number[];
  const rest = [...words.slice(0, first), ...words.slice(end)];
  const color = canvasColor(rest[0] ?? 'black');
  const isSound = end - first >= 2 && end - first <= 3 && rest.length <= 1 && (first === 0 || end === words.length);
  if (!isSound || deviation < 0 || color === null) return null;
  return [dx, dy, deviation, color.r, color.g, color.b, color.a];
}

function valueOf(name: string, text: string): number | null {
  if (name === 'blur') {
    const length = text === '' ? 0 : pixels(text);
    return length === null || length < 0 ? null : length;
  }
  if (name === 'hue-rotate') {
    if (text === '' || text === '0') return 0;
    const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(deg|grad|rad|turn)$/i.exec(text);
    return match === null ? null : Number(match[1]) * DEGREES[match[2].toLowerCase()];
  }
  if (text === '') return 1;
  const match = /^(\d+\.?\d*|\.\d+)(%?)$/.exec(text);
  if (match === null) return null;
  const value = Number(match[1]) / (match[2] ? 100 : 1);
  return LIMITED.has(name) ? Math.min(1, value) : value;
}

import {COLOR_NAMES} from './colorNames';
import {CSS_COLOR_SPACES, INTERPOLATION_SPACES} from './colorSpaces';
import type {Triple} from './colorSpaces';

/** sRGB channels and alpha, 0–1 but not yet limited to it. */
export type Rgba = [number, number, number, number];

const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const FUNCTION = /^(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/;
const LEGACY = /^(?:rgb|hsl)a?$/;
/** A number with a unit, `none`, the name of a space, or a slash, and the blanks before it. */
const TOKEN = /\s*(?:([+-]?(?:\d*\.\d+|\d+)(?:e[+-]?\d+)?)(%|-{0,2}[a-z_][\w-]*)?|(-{0,2}[a-z_][\w-]*)|(\/))/giy;

/**
 * Reads a CSS colour (CSS Color 4, and hex digits without `#`); null if it is none.
 *
 * As in the reference, names and hex digits may be in any case but functions, spaces and units may
 * not, and the last bracket may be missing unless there are commas.
 */
export function parseColor(text: string): Rgba | null {
  if (text === 'transparent') return [0, 0, 0, 0];
  const lower = text.toLowerCase();
  const named = Object.hasOwn(COLOR_NAMES, lower) ? COLOR_NAMES[lower] : undefined;
  if (named !== undefined) return [...fromNumber(named), 1];
  const hex = HEX.exec(text);
  if (hex) return parseHex(hex[1]);
  const call = FUNCTION.exec(text);
  return call ? parseFunction(call[1], text.slice(call[0].length)) : null;
}

/** The channels of 0xRRGGBB. */
export function fromNumber(value: number): Triple {
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

function parseHex(digits: string): Rgba {
  const long = digits.length > 4 ? digits : [...digits].map(digit => digit + digit).join('');
  const channel = (index: number) => parseInt(long.slice(index * 2, index * 2 + 2), 16) / 255;
  return [channel(0), channel(1), channel(2), long.length === 8 ? channel(3) : 1];
}

interface Argument {
  value: number;
  unit: string;
}

/** `none`: a channel that is missing counts as 0, a missing alpha as opaque. */
const NONE: Argument = {value: 0, unit: '–'};

interface Arguments {
  /** The name before the numbers, of `color()`. */
  space: string | null;
  channels: Argument[];
  alpha: Argument | null;
}

function parseFunction(name: string, rest: string): Rgba | null {
  const isLegacy = rest.includes(',');
  const found = isLegacy ? splitLegacy(name, rest) : splitModern(rest);
  if (found === null || found.channels.length !== 3 || (found.space !== null) !== (name === 'color')) return null;
  const alpha = found.alpha === null ? 1 : parseAlpha(found.alpha);
  const rgb = convert(name, found.space, found.channels as [Argument, Argument, Argument], isLegacy);
  return rgb && !Number.isNaN(alpha) ? [...rgb, alpha] : null;
}

/** Numbers between commas. */
function splitLegacy(name: string, rest: string): Arguments | null {
  if (!LEGACY.test(name) || !rest.endsWith(')')) return null;
  const parts = rest.slice(0, -1).split(',').map(part => tokens(part));
  if (parts.length < 3 || parts.length > 4) return null;
  const values: Argument[] = [];
  for (const part of parts) {
    if (part === null || part.length !== 1 || typeof part[0] === 'string' || part[0] === NONE) return null;
    values.push(part[0]);
  }
  return {space: null, channels: values.slice(0, 3), alpha: values[3] ?? null};
}

/** Numbers between blanks, and an alpha after a slash. */
function splitModern(rest: string): Arguments | null {
  const found = tokens(rest.replace(/\)\s*$/, ''));
  if (found === null) return null;
  const space = typeof found[0] === 'string' && found[0] !== '/' ? (found.shift() as string) : null;
  let alpha: Argument | null = null;
  if (found[3] === '/') {
    if (found.length !== 5 || typeof found[4] === 'string') return null;
    alpha = found[4];
    found.length = 3;
  }
  return found.some(token => typeof token === 'string') ? null : {space, channels: found as Argument[], alpha};
}

/** What a text consists of; null if something in it is no token. */
function tokens(text: string): (Argument | string)[] | null {
  const found: (Argument | string)[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [, number, unit = '', word, slash] = match;
    found.push(number !== undefined ? {value: Number(number), unit} : word === 'none' ? NONE : (word ?? slash));
    end = TOKEN.lastIndex;
  }
  return text.slice(end).trim() === '' ? found : null;
}

/** NaN if it is no alpha. */
function parseAlpha({value, unit}: Argument): number {
  switch (unit) {
    case '%':
      return limit(value / 100, 1);
    case '':
      return limit(value, 1);
    default:
      return unit === NONE.unit ? 1 : NaN;
  }
}

function convert(
  name: string,
  space: string | null,
  [one, two, three]: [Argument, Argument, Argument],
  isLegacy: boolean,
): Triple | null {
  switch (name) {
    case 'rgb':
    case 'rgba': {
      if (isLegacy && (one.unit !== two.unit || two.unit !== three.unit)) return null;
      return plain(one, 255, two, 255, three, 255, ([r, g, b]) => [r / 255, g / 255, b / 255]);
    }
    case 'hsl':
    case 'hsla':
      return withHue(one, two, three, isLegacy, INTERPOLATION_SPACES.hsl.toRgb);
    case 'hwb':
      return withHue(one, two, three, false, INTERPOLATION_SPACES.hwb.toRgb);
    case 'lab':
      return plain(one, 100, two, 125, three, 125, ([l, a, b]) =>
        INTERPOLATION_SPACES.lab.toRgb([limit(l, 100), a, b]),
      );
    case 'oklab':
      return plain(one, 1, two, 0.4, three, 0.4, ([l, a, b]) => INTERPOLATION_SPACES.oklab.toRgb([limit(l, 1), a, b]));
    case 'lch':
      return withChroma(one, 100, two, 150, three, INTERPOLATION_SPACES.lch.toRgb);
    case 'oklch':
      return withChroma(one, 1, two, 0.4, three, INTERPOLATION_SPACES.oklch.toRgb);
    case 'color': {
      const target = space !== null && Object.hasOwn(CSS_COLOR_SPACES, space) ? CSS_COLOR_SPACES[space] : null;
      return target && plain(one, 1, two, 1, three, 1, target.toRgb);
    }
    default:
      return null;
  }
}

function limit(value: number, max: number): number {
  return Math.min(max, Math.max(0, value));
}

function scalar({value, unit}: Argument, hundred: number): number {
  return unit === '' || unit === NONE.unit ? value : unit === '%' ? (value / 100) * hundred : NaN;
}

function degrees({value, unit}: Argument): number {
  switch (unit) {
    case '':
    case NONE.unit:
    case 'deg':
      return value;
    case 'rad':
      return (value * 180) / Math.PI;
    case 'grad':
      return value * 0.9;
    case 'turn':
      return value * 360;
    default:
      return NaN;
  }
}

function checked(coords: Triple, convert: (coords: Triple) => Triple): Triple | null {
  return coords.some(isNaN) ? null : convert(coords);
}

/** Three channels that are numbers, or percentages of the given maxima. */
function plain(
  one: Argument,
  oneMax: number,
  two: Argument,
  twoMax: number,
  three: Argument,
  threeMax: number,
  convert: (coords: Triple) => Triple,
): Triple | null {
  return checked([scalar(one, oneMax), scalar(two, twoMax), scalar(three, threeMax)], convert);
}

/** A hue and two percentages, which between commas (`isLegacy`) lie within 0–100. */
function withHue(
  hue: Argument,
  two: Argument,
  three: Argument,
  isLegacy: boolean,
  convert: (coords: Triple) => Triple,
): Triple | null {
  const second = scalar(two, 100) / 100;
  const third = scalar(three, 100) / 100;
  if (!isLegacy) return checked([degrees(hue), second, third], convert);
  if (two.unit !== '%' || three.unit !== '%') return null;
  return checked([degrees(hue), limit(second, 1), limit(third, 1)], convert);
}

function withChroma(
  one: Argument,
  oneMax: number,
  two: Argument,
  twoMax: number,
  hue: Argument,
  convert: (coords: Triple) => Triple,
): Triple | null {
  const lightness = limit(scalar(one, oneMax), oneMax);
  return checked([lightness, Math.max(0, scalar(two, twoMax)), degrees(hue)], convert);
}

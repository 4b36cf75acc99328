import {COLOR_NAMES} from './colorNames';
import {CSS_COLOR_SPACES, INTERPOLATION_SPACES} from './colorSpaces';
import type {Triple} from './colorSpaces';

/** sRGB channels and alpha, 0–1 but not yet limited to it. */
export type Rgba = [number, number, number, number];

const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const FUNCTION = /^([a-z]+)\(\s*(.*?)\s*\)$/i;
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|rad|grad|turn)?$/i;

/** Reads a CSS colour (CSS Color 4, and hex digits without `#`); null if it is none. */
export function parseColor(text: string): Rgba | null {
  const lower = text.toLowerCase();
  if (lower === 'transparent') return [0, 0, 0, 0];
  const named = Object.hasOwn(COLOR_NAMES, lower) ? COLOR_NAMES[lower] : undefined;
  if (named !== undefined) return [...fromNumber(named), 1];
  const hex = HEX.exec(lower);
  if (hex) return parseHex(hex[1]);
  const call = FUNCTION.exec(lower);
  return call ? parseFunction(call[1], call[2]) : null;
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

function parseFunction(name: string, body: string): Rgba | null {
  const isLegacy = body.includes(',');
  if (isLegacy && !/^(rgba?|hsla?)$/.test(name)) return null;
  const parts = isLegacy ? splitLegacy(body) : splitModern(body);
  if (parts === null) return null;
  let space: string | null = null;
  if (name === 'color') space = parts.channels.shift() ?? null;
  const channels = parts.channels.map(part => parseArgument(part, isLegacy));
  const alpha = parts.alpha === undefined ? 1 : parseAlpha(parseArgument(parts.alpha, isLegacy));
  if (channels.length !== 3 || channels.includes(null) || alpha === null) return null;
  const rgb = convert(name, space, channels as [Argument, Argument, Argument], isLegacy);
  return rgb && [...rgb, alpha];
}

function splitLegacy(body: string): {channels: string[]; alpha?: string} | null {
  const parts = body.split(/\s*,\s*/);
  if (parts.length < 3 || parts.length > 4) return null;
  return {channels: parts.slice(0, 3), alpha: parts[3]};
}

function splitModern(body: string): {channels: string[]; alpha?: string} | null {
  const halves = body.split(/\s*\/\s*/);
  if (halves.length > 2) return null;
  return {channels: halves[0].split(/\s+/), alpha: halves[1]};
}

function parseArgument(text: string, isLegacy: boolean): Argument | null {
  if (text === 'none') return isLegacy ? null : {value: 0, unit: ''};
  const match = NUMBER.exec(text);
  return match && {value: Number(match[1]), unit: match[2] ?? ''};
}

function parseAlpha(argument: Argument | null): number | null {
  if (argument === null) return null;
  if (argument.unit === '%') return Math.min(1, Math.max(0, argument.value / 100));
  return argument.unit === '' ? Math.min(1, Math.max(0, argument.value)) : null;
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
  return unit === '' ? value : unit === '%' ? (value / 100) * hundred : NaN;
}

function degrees({value, unit}: Argument): number {
  switch (unit) {
    case '':
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

/** A hue and two percentages. */
function withHue(
  hue: Argument,
  two: Argument,
  three: Argument,
  percentOnly: boolean,
  convert: (coords: Triple) => Triple,
): Triple | null {
  if (percentOnly && (two.unit !== '%' || three.unit !== '%')) return null;
  const second = limit(scalar(two, 100) / 100, 1);
  const third = limit(scalar(three, 100) / 100, 1);
  return checked([degrees(hue), second, third], convert);
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

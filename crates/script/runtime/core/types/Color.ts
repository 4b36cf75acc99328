import {SignalContext} from '../signals/SignalContext';
import type {Signal} from '../signals/SignalContext';
import {declareKeeper} from '../signals/parsers';
import type {SignalValue} from '../signals/types';
import {declareBlend} from '../tweening/blends';
import type {InterpolationFunction} from '../tweening/types';
import {fromNumber, parseColor} from './colorParser';
import type {Rgba} from './colorParser';
import {INTERPOLATION_SPACES} from './colorSpaces';
import type {ColorInterpolationMode} from './colorSpaces';
import type {ColorSpace, Triple} from './colorSpaces';
import {noUniform} from './Type';
import type {Type} from './Type';

export type SerializedColor = string;

export type {ColorInterpolationMode};

/** Channels 0–255 and alpha 0–1. */
export type ColorObject = {r: number; g: number; b: number; a?: number};

/** A colour, CSS text, 0xRRGGBB, or channels. */
export type PossibleColor = SerializedColor | number | Color | ColorObject;

export type ColorSignal<TOwner = void> = Signal<PossibleColor, Color, TOwner>;

/** Colours read from text, so that a repeated text costs one look-up; begun anew when there are many. */
const parsed = new Map<string, Channels>();
const MOST_PARSED = 4096;

/** Channels 0–1, as this module itself hands them to the constructor. */
class Channels {
  public constructor(
    public readonly r: number,
    public readonly g: number,
    public readonly b: number,
    public readonly a: number,
  ) {}
}

/** How much lightness or chroma one step of `brighten`, `saturate` and their likes is. */
const LAB_STEP = 18;

const BLACK = new Channels(0, 0, 0, 1);

/** An sRGB colour; immutable. */
export class Color implements Type {
  public static readonly symbol: unique symbol = Symbol.for('@revideo/core/types/Color');

  public static createSignal<TOwner = void>(
    initial?: SignalValue<PossibleColor>,
    interpolation: InterpolationFunction<Color> = Color.lerp,
    owner?: TOwner,
  ): ColorSignal<TOwner> {
    return new SignalContext<PossibleColor, Color, TOwner>(
      initial,
      interpolation,
      owner as TOwner,
      parseValue,
    ).toSignal();
  }

  /**
   * In CIE LCH (D50) along the shorter hue unless told; a missing side counts as opaque black.
   *
   * `value` is limited to 0–1 but for alpha: under a timing function that overshoots, the colours
   * themselves are as far as it goes.
   */
  public static lerp(
    this: void,
    from: PossibleColor | null,
    to: PossibleColor | null,
    value: number,
    mode: ColorInterpolationMode = 'lch',
  ): Color {
    const start = from instanceof Color ? from : new Color(from);
    const end = to instanceof Color ? to : new Color(to);
    const space: ColorSpace | undefined = INTERPOLATION_SPACES[mode];
    if (space === undefined) throw new Error(`unknown colour space \`${String(mode)}\``);
    const a = start.$$coordinates(mode, space);
    const b = end.$$coordinates(mode, space);
    const t = unit(value);
    const rgb = space.toRgb([mix(a, b, 0, t, space.hue), mix(a, b, 1, t, space.hue), mix(a, b, 2, t, space.hue)]);
    return new Color(new Channels(rgb[0], rgb[1], rgb[2], start.a + (end.a - start.a) * value));
  }

  public static createLerp(
    mode: ColorInterpolationMode,
  ): (from: PossibleColor | null, to: PossibleColor | null, value: number) => Color {
    return (from, to, value) => Color.lerp(from, to, value, mode);
  }

  /** Red, 0–1. */
  public readonly r!: number;
  /** Green, 0–1. */
  public readonly g!: number;
  /** Blue, 0–1. */
  public readonly b!: number;
  /** Alpha, 0–1. */
  public readonly a!: number;

  /** The coordinates in the space used last. */
  declare private $$cached: Triple | null;
  declare private $$cachedMode: string;

  static {
    this.prototype.$$cached = null;
  }

  /** Throws if a text is not a colour. Nothing at all is opaque black. */
  public constructor(value?: PossibleColor | null);
  public constructor(value?: PossibleColor | Channels | null) {
    // Colours never change: another one of the same channels would be no better.
    if (value instanceof Color) return value;
    const {r, g, b, a} = resolve(value);
    this.r = unit(r);
    this.g = unit(g);
    this.b = unit(b);
    this.a = unit(a);
  }

  public lerp(to: PossibleColor | null, value: number, mode?: ColorInterpolationMode): Color {
    return Color.lerp(this, to, value, mode);
  }

  /** The same colour with another alpha; without an argument, the alpha. */
  public alpha(): number;
  public alpha(value: number): Color;
  public alpha(value?: number): number | Color {
    if (value === undefined) return this.a;
    return new Color(new Channels(this.r, this.g, this.b, value));
  }

  /** `#rrggbbaa` */
  public hex(): string {
    return '#' + [this.r, this.g, this.b, this.a].map(value => byte(value).toString(16).padStart(2, '0')).join('');
  }

  /** `rgb(r,g,b)`; alpha is left out, as in the reference. */
  public css(): string {
    return `rgb(${byte(this.r)},${byte(this.g)},${byte(this.b)})`;
  }

  /** Less light: 18 units of CIE L* for each step. */
  public darken(amount = 1): Color {
    return this.#withLab((lightness, a, b) => [lightness - LAB_STEP * amount, a, b]);
  }

  /** More light: 18 units of CIE L* for each step. */
  public brighten(amount = 1): Color {
    return this.darken(-amount);
  }

  /** More chroma: 18 units of CIE LCH for each step. */
  public saturate(amount = 1): Color {
    return this.#withLab((lightness, a, b) => {
      const chroma = Math.hypot(a, b);
      // A grey has no hue of its own; what stands for it is 0.
      const [x, y] = chroma === 0 ? [1, 0] : [a / chroma, b / chroma];
      const next = Math.max(0, chroma + LAB_STEP * amount);
      return [lightness, x * next, y * next];
    });
  }

  /** Less chroma: 18 units of CIE LCH for each step. */
  public desaturate(amount = 1): Color {
    return this.saturate(-amount);
  }

  /** The WCAG relative luminance, 0–1. */
  public luminance(): number {
    const linear = (value: number) => (value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
    return 0.2126 * linear(this.r) + 0.7152 * linear(this.g) + 0.0722 * linear(this.b);
  }

  /** Between this colour and another; half-way unless told, and in RGB. */
  public mix(to: PossibleColor, ratio = 0.5, mode: ColorInterpolationMode = 'rgb'): Color {
    return Color.lerp(this, to, ratio, mode);
  }

  /** Red, green and blue, 0–255; whole numbers unless told. */
  public rgb(round = true): [number, number, number] {
    const channel = (value: number) => (round ? byte(value) : value * 255);
    return [channel(this.r), channel(this.g), channel(this.b)];
  }

  /** The same with alpha, 0–1. */
  public rgba(round = true): [number, number, number, number] {
    return [...this.rgb(round), this.a];
  }

  /** Coordinates in a colour space: hues in degrees, NaN for those of greys. */
  public hsl(): [number, number, number] {
    return [...this.$$coordinates('hsl', INTERPOLATION_SPACES.hsl)];
  }

  public hsv(): [number, number, number] {
    return [...this.$$coordinates('hsv', INTERPOLATION_SPACES.hsv)];
  }

  public lab(): [number, number, number] {
    return [...this.$$coordinates('lab65', INTERPOLATION_SPACES.lab65)];
  }

  public lch(): [number, number, number] {
    return [...this.$$coordinates('lch65', INTERPOLATION_SPACES.lch65)];
  }

  /** One coordinate, such as `lch.h` or `rgb.r`; RGB is 0–255. */
  public get(channel: string): number {
    const [mode, index] = channelOf(channel);
    return mode === 'rgb' ? this.rgb(false)[index] : this.$$coordinates(mode, INTERPOLATION_SPACES[mode])[index];
  }

  /** The same colour with another coordinate; `'+20'`, `'*0.5'` and the like change it. */
  public set(channel: string, value: number | string): Color {
    const [mode, index] = channelOf(channel);
    const former = this.get(channel);
    const next = typeof value === 'number' ? value : changed(former, value);
    if (mode === 'rgb') {
      const [r, g, b] = this.rgb(false).map((own, at) => (at === index ? next : own) / 255);
      return new Color(new Channels(r, g, b, this.a));
    }
    const space = INTERPOLATION_SPACES[mode];
    const coordinates = this.$$coordinates(mode, space).map((own, at) => (at === index ? next : own)) as Triple;
    const [r, g, b] = space.toRgb(coordinates);
    return new Color(new Channels(r, g, b, this.a));
  }

  /** This colour with its D65 CIE Lab coordinates changed. */
  #withLab(change: (lightness: number, a: number, b: number) => Triple): Color {
    const space = INTERPOLATION_SPACES.lab65;
    const [r, g, b] = space.toRgb(change(...space.fromRgb([this.r, this.g, this.b])));
    return new Color(new Channels(r, g, b, this.a));
  }

  /** `[r, g, b, a]`, each 0–1. */
  public gl(): [number, number, number, number] {
    return [this.r, this.g, this.b, this.a];
  }

  public toSymbol(): symbol {
    return Color.symbol;
  }

  public toString(): string {
    return this.serialize();
  }

  public toUniform(): void {
    noUniform();
  }

  /** `rgba(r, g, b, a)` with whole channels and three decimals of alpha. */
  public serialize(): SerializedColor {
    return `rgba(${byte(this.r)}, ${byte(this.g)}, ${byte(this.b)}, ${this.a.toFixed(3)})`;
  }

  /** Lightness, chroma, hue and alpha of this colour in LCH, and what is added to them on the way to another. */
  public $$lchRow(to: Color): number[] {
    const space = INTERPOLATION_SPACES.lch;
    const a = this.$$coordinates('lch', space);
    const b = to.$$coordinates('lch', space);
    const lightness = b[0] - a[0];
    const chroma = b[1] - a[1];
    if (isNaN(a[2]) || isNaN(b[2])) {
      const hue = isNaN(a[2]) ? b[2] : a[2];
      return [a[0], a[1], isNaN(hue) ? 0 : hue, this.a, lightness, chroma, 0, to.a - this.a];
    }
    return [a[0], a[1], a[2], this.a, lightness, chroma, shorterWay(a[2], b[2]), to.a - this.a];
  }

  private $$coordinates(mode: string, space: ColorSpace): Triple {
    if (this.$$cached === null || this.$$cachedMode !== mode) {
      this.$$cached = space.fromRgb([this.r, this.g, this.b]);
      this.$$cachedMode = mode;
    }
    return this.$$cached;
  }
}

/** The colour space and the place in it of a channel such as `lch.h`. */
function channelOf(channel: string): [ColorInterpolationMode, number] {
  const [mode, letter = ''] = channel.split('.');
  const letters = CHANNELS[mode];
  const index = letters === undefined || letter.length !== 1 ? -1 : letters.indexOf(letter);
  if (index < 0) throw new Error(`unknown colour channel \`${channel}\`; write \`rgb.r\`, \`hsl.l\`, \`lch.h\` and the like`);
  // White is D65 here, as in the reference.
  return [(mode === 'lab' || mode === 'lch' ? `${mode}65` : mode) as ColorInterpolationMode, index];
}

const CHANNELS: Record<string, string> = {
  rgb: 'rgb', hsl: 'hsl', hsv: 'hsv', hsi: 'hsi', lab: 'lab', lch: 'lch', oklab: 'lab', oklch: 'lch',
};

/** A number changed as `+20`, `-20`, `*2` or `/2` says. */
function changed(former: number, change: string): number {
  const amount = Number(change.slice(1));
  if (Number.isNaN(amount)) throw new Error(`\`${change}\` is no change of a colour's channel: write \`+20\` or \`*0.5\``);
  switch (change[0]) {
    case '+':
      return former + amount;
    case '-':
      return former - amount;
    case '*':
      return former * amount;
    case '/':
      return former / amount;
    default:
      return Number(change);
  }
}

/** One coordinate: from the other side where one has none; a hue goes the shorter way round. */
function mix(from: Triple, to: Triple, index: number, value: number, hue: number): number {
  const a = from[index];
  const b = to[index];
  if (isNaN(a)) return b;
  if (isNaN(b)) return a;
  if (index !== hue) return a + (b - a) * value;
  return a + shorterWay(a, b) * value;
}

/** From one hue to another, in degrees within ±180. */
function shorterWay(from: number, to: number): number {
  const distance = to - from;
  return distance > 180 ? distance - 360 : distance < -180 ? distance + 360 : distance;
}

function resolve(value: PossibleColor | Channels | null | undefined): Channels {
  if (value instanceof Channels) return value;
  if (value === undefined || value === null) return BLACK;
  if (typeof value === 'number') return channels([...fromNumber(value), 1]);
  if (typeof value === 'string') {
    let color = parsed.get(value);
    if (color === undefined) {
      const result = parseColor(value);
      if (result === null) throw new Error(`Invalid color string value provided: ${value}`);
      color = channels(result);
      if (parsed.size >= MOST_PARSED) parsed.clear();
      parsed.set(value, color);
    }
    return color;
  }
  if (typeof value === 'object' && 'r' in value && 'g' in value && 'b' in value) {
    return channels([value.r / 255, value.g / 255, value.b / 255, value.a ?? 1]);
  }
  throw new Error(`Invalid color value provided: ${String(value)}`);
}

function channels([r, g, b, a]: Rgba): Channels {
  return new Channels(r, g, b, a);
}

function unit(value: number): number {
  return value > 0 ? (value < 1 ? value : 1) : 0;
}

function byte(value: number): number {
  return Math.round(value * 255);
}

const parseValue = declareKeeper((value?: PossibleColor) => new Color(value));
declareKeeper(Color);
declareBlend(Color.lerp, {
  row: (from, to) => (from instanceof Color && to instanceof Color ? from.$$lchRow(to) : null),
});

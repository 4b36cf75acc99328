import {CanvasState} from './CanvasState';
import type {CanvasStyle} from './CanvasState';
import {PathCalls} from './PathCalls';
import {canvasColor} from './colors';
import {checkRadius} from './errors';
import {readFilters} from './filters';
import {canvasFont, pixels} from './font';
import {CanvasGradient, CanvasPattern} from './inks';
import {drawableOf} from './sources';
import {
  ALPHA,
  COMPOSITE,
  DASH_OFFSET,
  FILL_COLOR,
  FILL_INK,
  FILTER,
  FONT,
  LINE_CAP,
  LINE_DASH,
  LINE_JOIN,
  LINE_WIDTH,
  MITER_LIMIT,
  SHADOW_BLUR,
  SHADOW_COLOR,
  SHADOW_OFFSET,
  SMOOTHING,
  STROKE_COLOR,
  STROKE_INK,
  TEXT_ALIGN,
  TEXT_BASELINE,
} from './tape';
import type {Tape} from './tape';

const CAPS = ['butt', 'round', 'square'];
const JOINS = ['miter', 'round', 'bevel'];
const ALIGNS: Record<string, number> = {left: 0, center: 1, right: 2};
const BASELINES = ['alphabetic', 'top', 'hanging', 'middle', 'ideographic', 'bottom'];
const OPERATIONS = new Set(
  (
    'source-over source-in source-out source-atop destination-over destination-in destination-out destination-atop ' +
    'lighter copy xor multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light difference ' +
    'exclusion hue saturation color luminosity'
  ).split(' '),
);
const WHITE_SPACE = /[\t\n\f\r\v]/g;

/** The measures of a text. */
export interface TextMetrics {
  readonly width: number;
  readonly actualBoundingBoxLeft: number;
  readonly actualBoundingBoxRight: number;
  readonly actualBoundingBoxAscent: number;
  readonly actualBoundingBoxDescent: number;
  readonly fontBoundingBoxAscent: number;
  readonly fontBoundingBoxDescent: number;
  readonly emHeightAscent: number;
  readonly emHeightDescent: number;
  readonly alphabeticBaseline: number;
  readonly hangingBaseline: number;
  readonly ideographicBaseline: number;
}

/** The calls that say how a context draws what comes after them: all of its state but the transform. */
export abstract class StyleCalls extends PathCalls {
  protected $$state = new CanvasState();
  /** Whether the state is nobody else's. */
  protected $$owned = true;
  /** The versions of gradients and patterns that the tape has. */
  protected $$fillVersion = 0;
  protected $$strokeVersion = 0;

  /** The state to change. */
  protected $$change(): CanvasState {
    if (!this.$$owned) {
      this.$$state = this.$$state.clone();
      this.$$owned = true;
    }
    return this.$$state;
  }

  protected $$call(code: number, value: number): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 2) > tape.capacity) tape.grow(tape.length);
    tape.numbers[at] = code;
    tape.numbers[at + 1] = value;
  }

  // -- compositing ---------------------------------------------------------------------------

  public get globalAlpha(): number {
    return this.$$state.globalAlpha;
  }

  public set globalAlpha(value: number) {
    value = +value;
    if (!(value >= 0 && value <= 1)) return;
    this.$$change().globalAlpha = value;
    this.$$call(ALPHA, value);
  }

  public get globalCompositeOperation(): string {
    return this.$$state.globalCompositeOperation;
  }

  public set globalCompositeOperation(value: string) {
    value = String(value);
    if (!OPERATIONS.has(value)) return;
    this.$$change().globalCompositeOperation = value;
    this.$$call(COMPOSITE, this.$$tape.text(value));
  }

  public get filter(): string {
    return this.$$state.filter;
  }

  public set filter(value: string) {
    value = String(value);
    const filters = readFilters(value);
    if (filters === null) return;
    const state = this.$$change();
    state.filter = value;
    state.filters = filters;
    this.$$tape.list(FILTER, filters);
  }

  public get shadowColor(): string {
    return this.$$state.shadowColor.text;
  }

  public set shadowColor(value: string) {
    const color = canvasColor(String(value));
    if (color === null) return;
    this.$$change().shadowColor = color;
    this.$$tape.call(SHADOW_COLOR, color.r, color.g, color.b, color.a);
  }

  public get shadowBlur(): number {
    return this.$$state.shadowBlur;
  }

  public set shadowBlur(value: number) {
    value = +value;
    if (!(value >= 0 && value < Infinity)) return;
    this.$$change().shadowBlur = value;
    this.$$call(SHADOW_BLUR, value);
  }

  public get shadowOffsetX(): number {
    return this.$$state.shadowOffsetX;
  }

  public set shadowOffsetX(value: number) {
    value = +value;
    if (!Number.isFinite(value)) return;
    const state = this.$$change();
    state.shadowOffsetX = value;
    this.$$tape.call(SHADOW_OFFSET, value, state.shadowOffsetY);
  }

  public get shadowOffsetY(): number {
    return this.$$state.shadowOffsetY;
  }

  public set shadowOffsetY(value: number) {
    value = +value;
    if (!Number.isFinite(value)) return;
    const state = this.$$change();
    state.shadowOffsetY = value;
    this.$$tape.call(SHADOW_OFFSET, state.shadowOffsetX, value);
  }

  public get imageSmoothingEnabled(): boolean {
    return this.$$state.imageSmoothingEnabled;
  }

  public set imageSmoothingEnabled(value: boolean) {
    value = Boolean(value);
    this.$$change().imageSmoothingEnabled = value;
    this.$$call(SMOOTHING, value ? 1 : 0);
  }

  public get imageSmoothingQuality(): string {
    return this.$$state.imageSmoothingQuality;
  }

  public set imageSmoothingQuality(value: string) {
    this.$$choose('imageSmoothingQuality', value, ['low', 'medium', 'high']);
  }

  // -- styles --------------------------------------------------------------------------------

  public get fillStyle(): string | CanvasGradient | CanvasPattern {
    return readable(this.$$state.fill);
  }

  public set fillStyle(value: string | CanvasGradient | CanvasPattern) {
    if (typeof value !== 'string' && (value instanceof CanvasGradient || value instanceof CanvasPattern)) {
      if (this.$$state.fill === value) return;
      this.$$change().fill = value;
      this.$$fillVersion = -1;
      return;
    }
    const color = canvasColor(typeof value === 'string' ? value : String(value));
    if (color === null) return;
    (this.$$owned ? this.$$state : this.$$change()).fill = color;
    this.$$color(FILL_COLOR, color);
  }

  public get strokeStyle(): string | CanvasGradient | CanvasPattern {
    return readable(this.$$state.stroke);
  }

  public set strokeStyle(value: string | CanvasGradient | CanvasPattern) {
    if (typeof value !== 'string' && (value instanceof CanvasGradient || value instanceof CanvasPattern)) {
      if (this.$$state.stroke === value) return;
      this.$$change().stroke = value;
      this.$$strokeVersion = -1;
      return;
    }
    const color = canvasColor(typeof value === 'string' ? value : String(value));
    if (color === null) return;
    (this.$$owned ? this.$$state : this.$$change()).stroke = color;
    this.$$color(STROKE_COLOR, color);
  }

  private $$color(code: number, {r, g, b, a}: {r: number; g: number; b: number; a: number}): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 5) > tape.capacity) tape.grow(tape.length);
    const {numbers} = tape;
    numbers[at] = code;
    numbers[at + 1] = r;
    numbers[at + 2] = g;
    numbers[at + 3] = b;
    numbers[at + 4] = a;
  }

  /** Writes a gradient or pattern down as it is by now. */
  protected $$useFill(): void {
    const {fill} = this.$$state;
    if (!('$$encode' in fill) || fill.$$version === this.$$fillVersion) return;
    this.$$tape.list(FILL_INK, fill.$$encode(this.$$tape));
    this.$$fillVersion = fill.$$version;
  }

  protected $$useStroke(): void {
    const {stroke} = this.$$state;
    if (!('$$encode' in stroke) || stroke.$$version === this.$$strokeVersion) return;
    this.$$tape.list(STROKE_INK, stroke.$$encode(this.$$tape));
    this.$$strokeVersion = stroke.$$version;
  }

  public createLinearGradient(x0: number, y0: number, x1: number, y1: number): CanvasGradient {
    return new CanvasGradient(0, [x0, y0, x1, y1].map(Number));
  }

  public createRadialGradient(x0: number, y0: number, r0: number, x1: number, y1: number, r1: number): CanvasGradient {
    checkRadius(r0);
    checkRadius(r1);
    return new CanvasGradient(1, [x0, y0, r0, x1, y1, r1].map(Number));
  }

  /** `angle` in radians from the x axis. */
  public createConicGradient(angle: number, x: number, y: number): CanvasGradient {
    return new CanvasGradient(2, [angle, x, y].map(Number));
  }

  public createPattern(image: unknown, repetition: string | null): CanvasPattern | null {
    const drawable = drawableOf(image);
    return drawable === null ? null : new CanvasPattern(drawable, repetition);
  }

  public get lineWidth(): number {
    return this.$$state.lineWidth;
  }

  public set lineWidth(value: number) {
    value = +value;
    if (!(value > 0 && value < Infinity)) return;
    this.$$change().lineWidth = value;
    this.$$call(LINE_WIDTH, value);
  }

  public get lineCap(): string {
    return this.$$state.lineCap;
  }

  public set lineCap(value: string) {
    if (this.$$choose('lineCap', value, CAPS)) this.$$call(LINE_CAP, CAPS.indexOf(value));
  }

  public get lineJoin(): string {
    return this.$$state.lineJoin;
  }

  public set lineJoin(value: string) {
    if (this.$$choose('lineJoin', value, JOINS)) this.$$call(LINE_JOIN, JOINS.indexOf(value));
  }

  public get miterLimit(): number {
    return this.$$state.miterLimit;
  }

  public set miterLimit(value: number) {
    value = +value;
    if (!(value > 0 && value < Infinity)) return;
    this.$$change().miterLimit = value;
    this.$$call(MITER_LIMIT, value);
  }

  public setLineDash(segments: Iterable<number>): void {
    let dash = [...segments].map(Number);
    if (!dash.every(length => length >= 0 && length < Infinity)) return;
    if (dash.length % 2 !== 0) dash = [...dash, ...dash];
    this.$$change().lineDash = dash;
    this.$$tape.list(LINE_DASH, dash);
  }

  public getLineDash(): number[] {
    return [...this.$$state.lineDash];
  }

  public get lineDashOffset(): number {
    return this.$$state.lineDashOffset;
  }

  public set lineDashOffset(value: number) {
    value = +value;
    if (!Number.isFinite(value)) return;
    this.$$change().lineDashOffset = value;
    this.$$call(DASH_OFFSET, value);
  }

  /** Sets one of a few words; tells whether it is one of them. */
  private $$choose<K extends keyof CanvasState>(key: K, value: string, words: readonly string[]): boolean {
    value = String(value);
    if (!words.includes(value)) return false;
    (this.$$change() as any)[key] = value;
    return true;
  }

  // -- texts ---------------------------------------------------------------------------------

  public get font(): string {
    return this.$$state.font.text;
  }

  public set font(value: string) {
    const font = canvasFont(String(value));
    if (font === null) return;
    const state = this.$$change();
    state.font = font;
    this.$$writeFont(state);
  }

  public get textAlign(): string {
    return this.$$state.textAlign;
  }

  public set textAlign(value: string) {
    if (this.$$choose('textAlign', value, ['start', 'end', 'left', 'right', 'center'])) this.$$writeFont(this.$$state);
  }

  public get textBaseline(): string {
    return this.$$state.textBaseline;
  }

  public set textBaseline(value: string) {
    if (this.$$choose('textBaseline', value, BASELINES)) this.$$writeFont(this.$$state);
  }

  public get direction(): string {
    return this.$$state.direction;
  }

  public set direction(value: string) {
    if (this.$$choose('direction', value, ['ltr', 'rtl', 'inherit'])) this.$$writeFont(this.$$state);
  }

  public get letterSpacing(): string {
    return this.$$state.letterSpacing;
  }

  public set letterSpacing(value: string) {
    this.$$space('letterSpacing', value);
  }

  public get wordSpacing(): string {
    return this.$$state.wordSpacing;
  }

  public set wordSpacing(value: string) {
    this.$$space('wordSpacing', value);
  }

  private $$space(key: 'letterSpacing' | 'wordSpacing', value: string): void {
    value = String(value);
    if (pixels(value) === null) return;
    const state = this.$$change();
    state[key] = value;
    this.$$writeFont(state);
  }

  public get fontKerning(): string {
    return this.$$state.fontKerning;
  }

  public set fontKerning(value: string) {
    this.$$choose('fontKerning', value, ['auto', 'normal', 'none']);
  }

  public get fontStretch(): string {
    return this.$$state.fontStretch;
  }

  public set fontStretch(value: string) {
    this.$$choose('fontStretch', value, ['normal', 'condensed', 'expanded']);
  }

  public get fontVariantCaps(): string {
    return this.$$state.fontVariantCaps;
  }

  public set fontVariantCaps(value: string) {
    this.$$choose('fontVariantCaps', value, ['normal', 'small-caps']);
  }

  public get textRendering(): string {
    return this.$$state.textRendering;
  }

  public set textRendering(value: string) {
    this.$$choose('textRendering', value, ['auto', 'optimizeSpeed', 'optimizeLegibility', 'geometricPrecision']);
  }

  public measureText(text: string): TextMetrics {
    const state = this.$$state;
    const {size, weight, italic, family} = state.font;
    const font = new Float64Array([
      size,
      weight,
      italic ? 1 : 0,
      pixels(state.letterSpacing) ?? 0,
      pixels(state.wordSpacing) ?? 0,
      state.direction === 'rtl' ? 1 : 0,
      alignOf(state) / 2,
      BASELINES.indexOf(state.textBaseline),
    ]);
    const measured = __kinora.measureText(plain(text), family, font);
    return {
      width: measured[0],
      actualBoundingBoxLeft: measured[1],
      actualBoundingBoxRight: measured[2],
      actualBoundingBoxAscent: measured[3],
      actualBoundingBoxDescent: measured[4],
      fontBoundingBoxAscent: measured[5],
      fontBoundingBoxDescent: measured[6],
      emHeightAscent: measured[7],
      emHeightDescent: measured[8],
      alphabeticBaseline: measured[9],
      hangingBaseline: measured[10],
      ideographicBaseline: measured[11],
    };
  }

  // -- writing the state down ----------------------------------------------------------------

  protected $$writeState(state: CanvasState): void {
    const tape = this.$$tape;
    for (const [style, color, ink] of [
      [state.fill, FILL_COLOR, FILL_INK],
      [state.stroke, STROKE_COLOR, STROKE_INK],
    ] as const) {
      if ('$$encode' in style) tape.list(ink, style.$$encode(tape));
      else this.$$color(color, style);
    }
    this.$$writeLines(tape, state);
    this.$$call(ALPHA, state.globalAlpha);
    this.$$call(COMPOSITE, tape.text(state.globalCompositeOperation));
    this.$$color(SHADOW_COLOR, state.shadowColor);
    this.$$call(SHADOW_BLUR, state.shadowBlur);
    tape.call(SHADOW_OFFSET, state.shadowOffsetX, state.shadowOffsetY);
    tape.list(FILTER, state.filters);
    this.$$call(SMOOTHING, state.imageSmoothingEnabled ? 1 : 0);
    this.$$writeFont(state);
  }

  protected $$writeLines(tape: Tape, state: CanvasState): void {
    tape.call(LINE_WIDTH, state.lineWidth);
    tape.call(LINE_CAP, CAPS.indexOf(state.lineCap));
    tape.call(LINE_JOIN, JOINS.indexOf(state.lineJoin));
    tape.call(MITER_LIMIT, state.miterLimit);
    tape.list(LINE_DASH, state.lineDash);
    tape.call(DASH_OFFSET, state.lineDashOffset);
  }

  private $$writeFont(state: CanvasState): void {
    const {size, weight, italic, family} = state.font;
    const tape = this.$$tape;
    const rtl = state.direction === 'rtl';
    const spacing = [pixels(state.letterSpacing) ?? 0, pixels(state.wordSpacing) ?? 0];
    tape.call(FONT, size, weight, italic ? 1 : 0, ...spacing, tape.text(family), rtl ? 1 : 0);
    this.$$call(TEXT_ALIGN, alignOf(state));
    this.$$call(TEXT_BASELINE, BASELINES.indexOf(state.textBaseline));
  }
}

function readable(style: CanvasStyle): string | CanvasGradient | CanvasPattern {
  return '$$encode' in style ? style : style.text;
}

/** How many halves of a text's width lie left of where it is put. */
function alignOf({textAlign, direction}: CanvasState): number {
  const rtl = direction === 'rtl';
  if (textAlign === 'start') return rtl ? 2 : 0;
  if (textAlign === 'end') return rtl ? 0 : 2;
  return ALIGNS[textAlign];
}

/** A text as a canvas draws it: on one line. */
export function plain(text: unknown): string {
  return (String(text) as string & {toWellFormed(): string}).toWellFormed().replace(WHITE_SPACE, ' ');
}

import type {AffineInit} from '../core/types/Affine';
import {CanvasState} from './CanvasState';
import type {CanvasStyle} from './CanvasState';
import {DOMMatrix, matrixNumbers} from './DOMMatrix';
import {ImageData} from './ImageData';
import {PathCalls} from './PathCalls';
import {Path2D} from './Path2D';
import {canvasColor} from './colors';
import {checkRadius} from './errors';
import {readFilters} from './filters';
import {canvasFont, pixels} from './font';
import {CanvasGradient, CanvasPattern} from './inks';
import {drawableOf} from './sources';
import {
  ALPHA,
  ANTIALIAS,
  BEGIN_PATH,
  CLEAR_RECT,
  CLIP,
  COMPOSITE,
  DASH_OFFSET,
  FILL,
  FILL_COLOR,
  FILL_INK,
  FILL_RECT,
  FILL_TEXT,
  FILTER,
  FONT,
  HOLE,
  LINE_CAP,
  LINE_DASH,
  LINE_JOIN,
  LINE_WIDTH,
  MITER_LIMIT,
  PATH,
  PICTURE,
  RESTORE,
  SAVE,
  SET_TRANSFORM,
  SHADOW_BLUR,
  SHADOW_COLOR,
  SHADOW_OFFSET,
  SMOOTHING,
  STROKE,
  STROKE_COLOR,
  STROKE_INK,
  STROKE_RECT,
  STROKE_TEXT,
  SURFACE,
  TEXT_ALIGN,
  TEXT_BASELINE,
  TRANSFORM,
  Tape,
} from './tape';

type Rule = 'nonzero' | 'evenodd';

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

/** What a context is on. */
export interface CanvasTarget {
  readonly width: number;
  readonly height: number;
}

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

/** Writes down what is drawn; the stage makes drawings of it. */
export class CanvasRenderingContext2D extends PathCalls {
  private $$state = new CanvasState();
  /** Whether the state is nobody else's. */
  private $$owned = true;
  private readonly $$saved: CanvasState[] = [];
  /** The transforms of the saved states, six numbers each. */
  private readonly $$matrices: number[] = [];
  // The transform.
  private $$a = 1;
  private $$b = 0;
  private $$c = 0;
  private $$d = 1;
  private $$e = 0;
  private $$f = 0;
  /** The versions of gradients and patterns that the tape has. */
  private $$fillVersion = 0;
  private $$strokeVersion = 0;

  public constructor(public readonly canvas: CanvasTarget) {
    super();
  }

  // -- state ---------------------------------------------------------------------------------

  public save(): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 1) > tape.capacity) tape.grow(tape.length);
    tape.numbers[at] = SAVE;
    this.$$saved.push(this.$$state);
    this.$$matrices.push(this.$$a, this.$$b, this.$$c, this.$$d, this.$$e, this.$$f);
    this.$$owned = false;
  }

  public restore(): void {
    const state = this.$$saved.pop();
    if (state === undefined) return;
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 1) > tape.capacity) tape.grow(tape.length);
    tape.numbers[at] = RESTORE;
    this.$$state = state;
    this.$$owned = false;
    const matrices = this.$$matrices;
    this.$$f = matrices.pop()!;
    this.$$e = matrices.pop()!;
    this.$$d = matrices.pop()!;
    this.$$c = matrices.pop()!;
    this.$$b = matrices.pop()!;
    this.$$a = matrices.pop()!;
    this.$$fillVersion = -1;
    this.$$strokeVersion = -1;
  }

  /** Empties the canvas and begins anew. */
  public reset(): void {
    this.$$tape = new Tape();
    this.$$state = new CanvasState();
    this.$$owned = true;
    this.$$saved.length = 0;
    this.$$matrices.length = 0;
    this.$$place(1, 0, 0, 1, 0, 0);
  }

  public isContextLost(): boolean {
    return false;
  }

  public getContextAttributes(): object {
    return {alpha: true, colorSpace: 'srgb', desynchronized: false, willReadFrequently: false};
  }

  /** The state to change. */
  private $$change(): CanvasState {
    if (!this.$$owned) {
      this.$$state = this.$$state.clone();
      this.$$owned = true;
    }
    return this.$$state;
  }

  private $$call(code: number, value: number): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 2) > tape.capacity) tape.grow(tape.length);
    tape.numbers[at] = code;
    tape.numbers[at + 1] = value;
  }

  // -- transform -----------------------------------------------------------------------------

  /** What lies between this context's space and the canvas's pixels. */
  protected $$base(): AffineInit | null {
    return null;
  }

  private $$place(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.$$a = a;
    this.$$b = b;
    this.$$c = c;
    this.$$d = d;
    this.$$e = e;
    this.$$f = f;
  }

  public translate(x: number, y: number): void {
    x = +x;
    y = +y;
    if (!Number.isFinite(x + y)) return;
    this.$$e += this.$$a * x + this.$$c * y;
    this.$$f += this.$$b * x + this.$$d * y;
    this.$$move(1, 0, 0, 1, x, y);
  }

  public scale(x: number, y: number): void {
    x = +x;
    y = +y;
    if (!Number.isFinite(x + y)) return;
    this.$$a *= x;
    this.$$b *= x;
    this.$$c *= y;
    this.$$d *= y;
    this.$$move(x, 0, 0, y, 0, 0);
  }

  /** Radians, clockwise. */
  public rotate(angle: number): void {
    angle = +angle;
    if (!Number.isFinite(angle)) return;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    this.transform(cos, sin, -sin, cos, 0, 0);
  }

  public transform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    a = +a;
    b = +b;
    c = +c;
    d = +d;
    e = +e;
    f = +f;
    if (!Number.isFinite(a + b + c + d + e + f)) return;
    const [oa, ob, oc, od] = [this.$$a, this.$$b, this.$$c, this.$$d];
    this.$$place(
      oa * a + oc * b,
      ob * a + od * b,
      oa * c + oc * d,
      ob * c + od * d,
      this.$$e + oa * e + oc * f,
      this.$$f + ob * e + od * f,
    );
    this.$$move(a, b, c, d, e, f);
  }

  private $$move(a: number, b: number, c: number, d: number, e: number, f: number): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 7) > tape.capacity) tape.grow(tape.length);
    const {numbers} = tape;
    numbers[at] = TRANSFORM;
    numbers[at + 1] = a;
    numbers[at + 2] = b;
    numbers[at + 3] = c;
    numbers[at + 4] = d;
    numbers[at + 5] = e;
    numbers[at + 6] = f;
  }

  public setTransform(a?: number | Partial<AffineInit>, b?: number, c?: number, d?: number, e?: number, f?: number): void {
    const given = typeof a === 'object' || a === undefined ? matrixNumbers(a ?? {}) : [a, b, c, d, e, f].map(Number);
    if (!given.every(Number.isFinite)) return;
    const base = this.$$base();
    const matrix = new DOMMatrix(given);
    if (base !== null) matrix.preMultiplySelf(DOMMatrix.fromMatrix(base).invertSelf());
    const numbers = matrix.toArray();
    if (!numbers.every(Number.isFinite)) return;
    this.$$place(...numbers);
    this.$$tape.call(SET_TRANSFORM, ...numbers);
  }

  public resetTransform(): void {
    this.setTransform(1, 0, 0, 1, 0, 0);
  }

  public getTransform(): DOMMatrix {
    const matrix = new DOMMatrix([this.$$a, this.$$b, this.$$c, this.$$d, this.$$e, this.$$f]);
    const base = this.$$base();
    return base === null ? matrix : matrix.preMultiplySelf(base);
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
  private $$useFill(): void {
    const {fill} = this.$$state;
    if (!('$$encode' in fill) || fill.$$version === this.$$fillVersion) return;
    this.$$tape.list(FILL_INK, fill.$$encode(this.$$tape));
    this.$$fillVersion = fill.$$version;
  }

  private $$useStroke(): void {
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

  // -- paths ---------------------------------------------------------------------------------

  public beginPath(): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 1) > tape.capacity) tape.grow(tape.length);
    tape.numbers[at] = BEGIN_PATH;
  }

  public fill(path?: Path2D | Rule, rule?: Rule): void {
    if (this.$$state.fill.text === undefined) this.$$useFill();
    if (path !== undefined) {
      this.$$path(FILL, 0, path, rule);
      return;
    }
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 2) > tape.capacity) tape.grow(tape.length);
    tape.numbers[at] = FILL;
    tape.numbers[at + 1] = 0;
  }

  public stroke(path?: Path2D): void {
    if (this.$$state.stroke.text === undefined) this.$$useStroke();
    if (path !== undefined && path instanceof Path2D) {
      this.$$path(STROKE, 1, path);
      return;
    }
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 1) > tape.capacity) tape.grow(tape.length);
    tape.numbers[at] = STROKE;
  }

  public clip(path?: Path2D | Rule, rule?: Rule): void {
    this.$$change().clips = true;
    this.$$path(CLIP, 2, path, rule);
  }

  private $$path(code: number, what: number, path?: Path2D | Rule, rule?: Rule): void {
    if (!(path instanceof Path2D)) {
      this.$$call(code, path === 'evenodd' ? 1 : 0);
      return;
    }
    const {numbers, length} = path.$$tape;
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + length + 4) > tape.capacity) tape.grow(tape.length);
    tape.numbers[at] = PATH;
    tape.numbers[at + 1] = length + 2;
    tape.numbers[at + 2] = what;
    tape.numbers[at + 3] = rule === 'evenodd' ? 1 : 0;
    tape.numbers.set(numbers.subarray(0, length), at + 4);
  }

  /** Nothing has the focus here. */
  public drawFocusIfNeeded(): void {}

  public scrollPathIntoView(): void {}

  // -- rectangles ----------------------------------------------------------------------------

  public fillRect(x: number, y: number, width: number, height: number): void {
    const {fill} = this.$$state;
    if (fill.text === undefined) this.$$useFill();
    else if (fill.a === 1 && this.$$mayForget() && this.$$replacesAll()) this.$$forget(x, y, width, height);
    this.$$rect(FILL_RECT, x, y, width, height);
  }

  public strokeRect(x: number, y: number, width: number, height: number): void {
    this.$$useStroke();
    this.$$rect(STROKE_RECT, x, y, width, height);
  }

  public clearRect(x: number, y: number, width: number, height: number): void {
    if (this.$$mayForget()) this.$$forget(x, y, width, height);
    this.$$rect(CLEAR_RECT, x, y, width, height);
  }

  private $$rect(code: number, x: number, y: number, width: number, height: number): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 5) > tape.capacity) tape.grow(tape.length);
    const {numbers} = tape;
    numbers[at] = code;
    numbers[at + 1] = x;
    numbers[at + 2] = y;
    numbers[at + 3] = width;
    numbers[at + 4] = height;
  }

  /** Whether an opaque fill leaves nothing of what lies below it. */
  private $$replacesAll(): boolean {
    const {globalAlpha, globalCompositeOperation: operation, filters} = this.$$state;
    return globalAlpha === 1 && filters.length === 0 && (operation === 'source-over' || operation === 'copy');
  }

  /** Whether so much has been written down that forgetting it is worth the while. */
  protected $$mayForget(): boolean {
    return this.$$tape.length >= 1024;
  }

  /** Drops what is on the canvas if this rectangle is all of it: nothing of that will be seen again. */
  private $$forget(x: number, y: number, width: number, height: number): void {
    const {canvas} = this;
    if (this.$$b !== 0 || this.$$c !== 0) return;
    if (this.$$state.clips || this.$$saved.some(state => state.clips)) return;
    const left = this.$$a * x + this.$$e;
    const top = this.$$d * y + this.$$f;
    const right = left + this.$$a * width;
    const bottom = top + this.$$d * height;
    const covers = (from: number, to: number, size: number) => Math.min(from, to) <= 0 && Math.max(from, to) >= size;
    if (!covers(left, right, canvas.width) || !covers(top, bottom, canvas.height)) return;
    this.$$restart();
  }

  /** Begins another tape with the same states. */
  private $$restart(): void {
    this.$$tape = new Tape();
    const matrices = [...this.$$matrices, this.$$a, this.$$b, this.$$c, this.$$d, this.$$e, this.$$f];
    const states = [...this.$$saved, this.$$state];
    states.forEach((state, index) => {
      if (index > 0) this.$$tape.call(SAVE);
      this.$$tape.call(SET_TRANSFORM, ...matrices.slice(index * 6, index * 6 + 6));
      this.$$writeState(state);
    });
    this.$$fillVersion = -1;
    this.$$strokeVersion = -1;
  }

  private $$writeState(state: CanvasState): void {
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

  private $$writeFont(state: CanvasState): void {
    const {size, weight, italic, family} = state.font;
    const tape = this.$$tape;
    const rtl = state.direction === 'rtl';
    const spacing = [pixels(state.letterSpacing) ?? 0, pixels(state.wordSpacing) ?? 0];
    tape.call(FONT, size, weight, italic ? 1 : 0, ...spacing, tape.text(family), rtl ? 1 : 0);
    this.$$call(TEXT_ALIGN, alignOf(state));
    this.$$call(TEXT_BASELINE, BASELINES.indexOf(state.textBaseline));
  }

  public fillText(text: string, x: number, y: number, maxWidth?: number): void {
    this.$$useFill();
    this.$$text(FILL_TEXT, text, x, y, maxWidth);
  }

  public strokeText(text: string, x: number, y: number, maxWidth?: number): void {
    this.$$useStroke();
    this.$$text(STROKE_TEXT, text, x, y, maxWidth);
  }

  private $$text(code: number, text: string, x: number, y: number, maxWidth: number = Infinity): void {
    if (Number.isNaN(+maxWidth)) return;
    const tape = this.$$tape;
    tape.call(code, tape.text(plain(text)), x, y, maxWidth);
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

  // -- pictures ------------------------------------------------------------------------------

  /** `image` at a point, in a rectangle, or a part of it in one. */
  public drawImage(image: unknown, ...place: number[]): void {
    if (![2, 4, 8].includes(place.length)) {
      throw new TypeError(`\`drawImage\` takes 3, 5 or 9 arguments, not ${place.length + 1}`);
    }
    const drawable = drawableOf(image);
    if (drawable === null) return;
    const numbers = place.map(Number);
    if (!numbers.every(Number.isFinite)) return;
    const {width, height} = drawable;
    if (numbers.length === 2) numbers.push(width, height);
    if (numbers.length === 4) numbers.unshift(0, 0, width, height);
    const tape = this.$$tape;
    if ('asset' in drawable) {
      tape.call(PICTURE, tape.text(drawable.asset), drawable.time ?? Infinity, width, height, ...numbers);
    } else {
      tape.call(SURFACE, tape.surface(drawable.surface), width, height, ...numbers);
    }
  }

  public createImageData(width: number | ImageData, height?: number): ImageData {
    if (width instanceof ImageData) return new ImageData(width.width, width.height);
    return new ImageData(Math.abs(width), Math.abs(height ?? 0));
  }

  public getImageData(..._place: number[]): never {
    throw unavailable('getImageData', 'read the colours of a picture with `getPixelColor()` of an Img');
  }

  public putImageData(..._place: unknown[]): never {
    throw unavailable('putImageData', 'draw the pixels as rectangles, or use a picture from a file');
  }

  /** Whether a point of the canvas lies in the current path or another, under the present transform. */
  public isPointInPath(...given: unknown[]): boolean {
    const path = given[0] instanceof Path2D ? (given.shift() as Path2D) : null;
    return this.$$isInside(path, given, given[2] === 'evenodd' ? 1 : 0);
  }

  /** The same of the path's line. */
  public isPointInStroke(...given: unknown[]): boolean {
    const path = given[0] instanceof Path2D ? (given.shift() as Path2D) : null;
    return this.$$isInside(path, given, 2);
  }

  private $$isInside(path: Path2D | null, given: unknown[], what: number): boolean {
    const base = this.$$base();
    const inverse = base === null ? new DOMMatrix() : DOMMatrix.fromMatrix(base).invertSelf();
    const {x, y} = inverse.transformPoint({x: Number(given[0]), y: Number(given[1])});
    if (!Number.isFinite(x + y)) return false;
    if (path === null) return __kinora.isInside(this.$$tape.snapshot(), x, y, what);
    const tape = new Tape();
    tape.call(SET_TRANSFORM, this.$$a, this.$$b, this.$$c, this.$$d, this.$$e, this.$$f);
    this.$$writeLines(tape, this.$$state);
    tape.call(BEGIN_PATH);
    const {numbers, length} = path.$$tape;
    tape.numbers.set(numbers.subarray(0, length), tape.room(length));
    return __kinora.isInside(tape.snapshot(), x, y, what);
  }

  private $$writeLines(tape: Tape, state: CanvasState): void {
    tape.call(LINE_WIDTH, state.lineWidth);
    tape.call(LINE_CAP, CAPS.indexOf(state.lineCap));
    tape.call(LINE_JOIN, JOINS.indexOf(state.lineJoin));
    tape.call(MITER_LIMIT, state.miterLimit);
    tape.list(LINE_DASH, state.lineDash);
    tape.call(DASH_OFFSET, state.lineDashOffset);
  }

  // -- what the stage draws ------------------------------------------------------------------

  /** Leaves a place for what the stage draws of a node. */
  public $$hole(part: number, node: number): void {
    const tape = this.$$tape;
    tape.call(HOLE, part, tape.node(node));
  }

  /** Whether edges are smooth: a node may not want them so. */
  public $$antialias(smooth: boolean): void {
    this.$$call(ANTIALIAS, smooth ? 1 : 0);
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
function plain(text: unknown): string {
  return (String(text) as string & {toWellFormed(): string}).toWellFormed().replace(WHITE_SPACE, ' ');
}

function unavailable(method: string, instead: string): Error {
  return new Error(
    `\`ctx.${method}\` is not available: what is drawn here has no pixels until the film is rendered; ${instead}`,
  );
}

/** What `OffscreenCanvas` has; the same in all but its name. */
export class OffscreenCanvasRenderingContext2D extends CanvasRenderingContext2D {}


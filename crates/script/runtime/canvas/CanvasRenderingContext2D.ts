import type {AffineInit} from '../core/types/Affine';
import {CanvasState} from './CanvasState';
import {DOMMatrix, matrixNumbers} from './DOMMatrix';
import {ImageData} from './ImageData';
import {Path2D} from './Path2D';
import {domError} from './errors';
import {PixelReader, bytes, cut, isOpaque, putNodesOf} from './pixels';
import type {NodeSource, Readable} from './pixels';
import {StyleCalls, plain} from './StyleCalls';
import {drawableOf} from './sources';
import {
  ANTIALIAS,
  BEGIN_PATH,
  CLEAR_RECT,
  CLIP,
  FILL,
  FILL_RECT,
  FILL_TEXT,
  HOLE,
  PATH,
  PICTURE,
  PIXELS,
  RESTORE,
  SAVE,
  SET_TRANSFORM,
  STROKE,
  STROKE_RECT,
  STROKE_TEXT,
  SURFACE,
  TRANSFORM,
  Tape,
} from './tape';

type Rule = 'nonzero' | 'evenodd';

/** What a context is on. */
export interface CanvasTarget {
  readonly width: number;
  readonly height: number;
}

/** Writes down what is drawn; the stage makes drawings of it. */
export class CanvasRenderingContext2D extends StyleCalls {
  private readonly $$saved: CanvasState[] = [];
  /** The transforms of the saved states, six numbers each. */
  private readonly $$matrices: number[] = [];
  private readonly $$reader = new PixelReader();
  // The transform.
  private $$a = 1;
  private $$b = 0;
  private $$c = 0;
  private $$d = 1;
  private $$e = 0;
  private $$f = 0;

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
    this.$$reader.forget();
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
    if (this.$$isClipped()) return;
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

  // -- texts ---------------------------------------------------------------------------------

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

  /** The pixels of a part of the canvas as it is by now: of a node's, what the node has drawn so far. */
  public getImageData(x: number, y: number, width: number, height: number): ImageData {
    if (arguments.length < 4) throw new TypeError('`getImageData` takes left, top, width and height');
    const [left, top, across, down] = [x, y, width, height].map(number => Math.trunc(Number(number)) || 0);
    if (across === 0 || down === 0) throw domError('IndexSizeError', 'a picture cannot be 0 pixels wide or high');
    const [fromX, fromY] = [Math.min(left, left + across), Math.min(top, top + down)];
    return this.$$reader.read(this.$$readable(), fromX, fromY, Math.abs(across), Math.abs(down));
  }

  /** What is read of this canvas. */
  private $$readable(): Readable {
    const {canvas} = this;
    const base = this.$$base();
    const size: [number, number] | null = base === null ? [canvas.width, canvas.height] : null;
    return {snapshot: this.$$tape.snapshot(), size, base};
  }

  /** Puts pixels, or a part of them, in the place of what is there; nothing of the state counts. */
  public putImageData(image: ImageData, x: number, y: number, ...part: number[]): void {
    if (!(image instanceof ImageData)) throw new TypeError('`putImageData` takes an ImageData');
    const whole = [0, 0, image.width, image.height];
    const [partX, partY, width, height] = part.length < 4 ? whole : part.map(number => Math.trunc(Number(number)) || 0);
    const left = Math.max(0, Math.min(partX, partX + width));
    const top = Math.max(0, Math.min(partY, partY + height));
    const right = Math.min(image.width, Math.max(partX, partX + width));
    const bottom = Math.min(image.height, Math.max(partY, partY + height));
    if (left >= right || top >= bottom) return;
    const [toX, toY] = [Math.trunc(Number(x)) + left, Math.trunc(Number(y)) + top];
    if (!Number.isFinite(toX + toY)) throw new TypeError('`putImageData` takes the place of the picture');
    const seen = cut(image, left, top, right - left, bottom - top);
    const asset = __kinora.keepPixels(bytes(seen), seen.width, seen.height);
    const base = this.$$base();
    const place = base === null ? new DOMMatrix() : DOMMatrix.fromMatrix(base).invertSelf();
    place.translateSelf(toX, toY);
    const {canvas} = this;
    const covers = toX <= 0 && toY <= 0 && toX + seen.width >= canvas.width && toY + seen.height >= canvas.height;
    if (base === null && covers && !this.$$isClipped()) this.$$restart();
    const tape = this.$$tape;
    const opaque = isOpaque(seen) ? 1 : 0;
    tape.call(PIXELS, tape.text(asset.id), seen.width, seen.height, opaque, ...place.toArray());
  }

  private $$isClipped(): boolean {
    return this.$$state.clips || this.$$saved.some(state => state.clips);
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

  // -- what the stage draws ------------------------------------------------------------------

  /** Leaves a place for what the stage draws of a node. */
  public $$hole(part: number, node: {$$nativeId: number; $$scene: NodeSource}): void {
    putNodesOf(node.$$scene);
    const tape = this.$$tape;
    tape.call(HOLE, part, tape.node(node.$$nativeId));
  }

  /** Whether edges are smooth: a node may not want them so. */
  public $$antialias(smooth: boolean): void {
    this.$$call(ANTIALIAS, smooth ? 1 : 0);
  }

  static {
    // A call is found at once where it is the class's own, and a browser's class has them all.
    let base = Object.getPrototypeOf(this.prototype) as object;
    for (; base !== Object.prototype; base = Object.getPrototypeOf(base) as object) {
      for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(base))) {
        if (!Object.hasOwn(this.prototype, name)) Object.defineProperty(this.prototype, name, property);
      }
    }
  }
}

/** What `OffscreenCanvas` has; the same in all but its name. */
export class OffscreenCanvasRenderingContext2D extends CanvasRenderingContext2D {}


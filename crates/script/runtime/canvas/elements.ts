import {CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D} from './CanvasRenderingContext2D';
import {dataUrl} from './dataUrl';
import {domError} from './errors';
import {bytes} from './pixels';
import {emptySource} from './sources';
import type {DrawnFile, DrawnSurface, Source} from './sources';
import type {Snapshot} from './tape';

/** Pixels of a canvas's side at most, and of all of it. */
const LONGEST_SIDE = 65535;
const MOST_PIXELS = 1 << 28;

/** What canvases have in common. */
abstract class AnyCanvas<C extends CanvasRenderingContext2D> implements Source {
  #width: number;
  #height: number;
  #context: C | null = null;

  public constructor(width: number, height: number) {
    this.#width = side(width, 300);
    this.#height = side(height, 150);
    this.#check();
  }

  public get width(): number {
    return this.#width;
  }

  /** Setting it, even to what it was, empties the canvas. */
  public set width(value: number) {
    this.#width = side(value, 300);
    this.#check();
    this.#context?.reset();
  }

  public get height(): number {
    return this.#height;
  }

  public set height(value: number) {
    this.#height = side(value, 150);
    this.#check();
    this.#context?.reset();
  }

  public getContext(kind: string): C | null {
    if (kind === '2d') return (this.#context ??= this.$$makeContext());
    if (/webgl|webgpu|bitmaprenderer/.test(kind)) {
      throw new Error(`a canvas has no \`${kind}\` context here: only '2d' can be drawn`);
    }
    return null;
  }

  public $$drawable(): DrawnSurface | null {
    if (this.#width === 0 || this.#height === 0) throw emptySource();
    return {surface: this.$$snapshot(), width: this.#width, height: this.#height};
  }

  public $$snapshot(): Snapshot {
    return (this.#context ??= this.$$makeContext()).$$tape.snapshot();
  }

  protected abstract $$makeContext(): C;

  /** The picture as a file of a kind, of PNG where the kind is not known; null where it has no pixels. */
  public $$file(type?: string, quality?: number): {bytes: Uint8Array; kind: string} | null {
    const [width, height] = [this.#width, this.#height];
    if (width === 0 || height === 0) return null;
    const asked = String(type ?? '').toLowerCase();
    const kind = ['image/jpeg', 'image/webp'].includes(asked) ? asked : 'image/png';
    const image = (this.#context ??= this.$$makeContext()).getImageData(0, 0, width, height);
    const file = __kinora.encodePixels(bytes(image), width, height, kind, typeof quality === 'number' ? quality : -1);
    return {bytes: new Uint8Array(file), kind};
  }

  public addEventListener(): void {}

  public removeEventListener(): void {}

  #check(): void {
    if (this.#width > LONGEST_SIDE || this.#height > LONGEST_SIDE || this.#width * this.#height > MOST_PIXELS) {
      throw new RangeError(
        `a canvas of ${this.#width}×${this.#height} pixels is larger than any that can be drawn ` +
          `(${LONGEST_SIDE} a side, ${MOST_PIXELS} in all)`,
      );
    }
  }
}

function side(value: number, otherwise: number): number {
  const pixels = Math.trunc(Number(value));
  return pixels >= 0 ? pixels : otherwise;
}

/** A canvas that is in no document. */
export class HTMLCanvasElement extends AnyCanvas<CanvasRenderingContext2D> {
  public readonly tagName = 'CANVAS';
  public readonly style: Record<string, string> = {};

  public constructor() {
    super(300, 150);
  }

  /** The picture as a `data:` URL; a canvas without pixels is `data:,`. */
  public toDataURL(type?: string, quality?: number): string {
    const file = this.$$file(type, quality);
    return file === null ? 'data:,' : dataUrl(file.bytes, file.kind);
  }

  /** Gives the picture as a file to `take`; null of a canvas without pixels. */
  public toBlob(take: (blob: Blob | null) => void, type?: string, quality?: number): void {
    const file = this.$$file(type, quality);
    queueMicrotask(() => take(file === null ? null : new Blob([file.bytes], {type: file.kind})));
  }

  protected $$makeContext(): CanvasRenderingContext2D {
    return new CanvasRenderingContext2D(this);
  }
}

export class OffscreenCanvas extends AnyCanvas<OffscreenCanvasRenderingContext2D> {
  public transferToImageBitmap(): ImageBitmap {
    const {surface, width, height} = this.$$drawable()!;
    const bitmap = new ImageBitmap({surface, width, height});
    this.width = width;
    return bitmap;
  }

  /** The picture as a file. */
  public async convertToBlob({type, quality}: {type?: string; quality?: number} = {}): Promise<Blob> {
    const file = this.$$file(type, quality);
    if (file === null) throw domError('IndexSizeError', 'a canvas of no width or no height has no pixels');
    return new Blob([file.bytes], {type: file.kind});
  }

  protected $$makeContext(): OffscreenCanvasRenderingContext2D {
    return new OffscreenCanvasRenderingContext2D(this);
  }
}

/** A picture that stays as it was. */
export class ImageBitmap implements Source {
  #drawable: DrawnFile | DrawnSurface | null;

  public constructor(drawable: DrawnFile | DrawnSurface) {
    this.#drawable = drawable;
  }

  public get width(): number {
    return this.#drawable?.width ?? 0;
  }

  public get height(): number {
    return this.#drawable?.height ?? 0;
  }

  public close(): void {
    this.#drawable = null;
  }

  public $$drawable(): DrawnFile | DrawnSurface {
    if (this.#drawable === null) throw domError('InvalidStateError', 'the image bitmap is closed');
    return this.#drawable;
  }
}

import {loadAsset} from '../2d/native/loadAsset';
import {domError} from './errors';
import type {DrawnFile, Source} from './sources';

type Listener = (event: {type: string; target: HTMLImageElement}) => void;

/** A picture that a script loads by itself. */
export class HTMLImageElement implements Source {
  public readonly tagName = 'IMG';
  public readonly style: Record<string, string> = {};
  public alt = '';
  public crossOrigin: string | null = null;
  public decoding = 'auto';
  public loading = 'auto';
  public onload: Listener | null = null;
  public onerror: Listener | null = null;
  #src = '';
  #width: number | null = null;
  #height: number | null = null;
  #asset: NativeAsset | null = null;
  #fault: unknown = null;
  readonly #listeners = new Map<string, Set<Listener>>();

  public constructor(width?: number, height?: number) {
    this.#width = width ?? null;
    this.#height = height ?? null;
  }

  /** The picture of a file that has been loaded already. */
  public static $$of(src: string, asset: NativeAsset): HTMLImageElement {
    const image = new HTMLImageElement();
    image.#src = src;
    image.#asset = asset;
    return image;
  }

  public get src(): string {
    return this.#src;
  }

  /** Loads the picture; `onload` is called soon after. */
  public set src(value: string) {
    this.#src = String(value);
    this.#asset = null;
    this.#fault = null;
    try {
      this.#asset = loadAsset(this.#src, 'pixels');
    } catch (fault) {
      this.#fault = fault;
    }
    const asset = this.#asset;
    queueMicrotask(() => {
      if (this.#asset === asset) this.#tell(asset === null ? 'error' : 'load');
    });
  }

  public get currentSrc(): string {
    return this.#src;
  }

  public get complete(): boolean {
    return true;
  }

  public get naturalWidth(): number {
    return this.#asset?.width ?? 0;
  }

  public get naturalHeight(): number {
    return this.#asset?.height ?? 0;
  }

  public get width(): number {
    return this.#width ?? this.naturalWidth;
  }

  public set width(value: number) {
    this.#width = value;
  }

  public get height(): number {
    return this.#height ?? this.naturalHeight;
  }

  public set height(value: number) {
    this.#height = value;
  }

  /** Resolves once the picture can be drawn. */
  public async decode(): Promise<void> {
    if (this.#asset === null) throw this.#fault ?? domError('EncodingError', 'the image has no source');
  }

  public addEventListener(type: string, listener: Listener): void {
    let listeners = this.#listeners.get(type);
    if (listeners === undefined) this.#listeners.set(type, (listeners = new Set()));
    listeners.add(listener);
  }

  public removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  public $$drawable(): DrawnFile | null {
    if (this.#fault !== null) {
      throw domError('InvalidStateError', `the image \`${this.#src}\` is broken: ${(this.#fault as Error).message}`);
    }
    if (this.#asset === null) return null;
    const {id, width, height} = this.#asset;
    return {asset: id, time: null, width, height};
  }

  #tell(type: 'load' | 'error'): void {
    const event = {type, target: this};
    (type === 'load' ? this.onload : this.onerror)?.call(this, event);
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener.call(this, event);
  }
}

import {framePath} from './connection.js';
import type {Connection} from './connection.js';
import type {Footage} from './footage.js';

/** Bytes of pictures that are kept at hand. */
const MOST_BYTES = 256 << 20;

/**
 * Pictures that were fetched, the last used last. They come as bare pixels: what would be saved
 * on the way costs more to encode.
 */
export class Pictures {
  readonly #kept = new Map<string, ImageBitmap>();
  #bytes = 0;

  public constructor(
    private readonly film: Footage,
    private readonly studio: Connection,
  ) {}

  /** The picture, if it is at hand. */
  public at(frame: number, width: number | undefined): ImageBitmap | undefined {
    const key = this.#key(frame, width);
    const found = this.#kept.get(key);
    if (found !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, found);
    }
    return found;
  }

  /** The picture, fetched if need be. */
  public async get(
    frame: number,
    width: number | undefined,
    signal?: AbortSignal,
  ): Promise<ImageBitmap> {
    const key = this.#key(frame, width);
    const found = this.at(frame, width);
    if (found !== undefined) return found;
    const response = await this.studio.ask(framePath(frame, 'rgba', width), signal);
    const picture = await decode(response);
    const twin = this.#kept.get(key);
    if (twin !== undefined) return twin;
    this.#kept.set(key, picture);
    this.#bytes += bytesOf(picture);
    for (const [old, oldest] of this.#kept) {
      if (this.#bytes <= MOST_BYTES || oldest === picture) break;
      this.#kept.delete(old);
      this.#bytes -= bytesOf(oldest);
    }
    return picture;
  }

  #key(frame: number, width: number | undefined): string {
    return `${this.film.take?.id ?? 0} ${frame} ${width ?? ''}`;
  }
}

async function decode(response: Response): Promise<ImageBitmap> {
  const [width, height] = (response.headers.get('x-size') ?? '1x1').split('x').map(Number);
  const pixels = new Uint8ClampedArray(await response.arrayBuffer());
  return createImageBitmap(new ImageData(pixels, width, height), {colorSpaceConversion: 'none'});
}

function bytesOf(picture: ImageBitmap): number {
  return picture.width * picture.height * 4;
}

import {domError} from './errors';

/** Bytes of one picture at most. */
const MOST_BYTES = 1 << 28;

/** Pixels, four bytes each: red, green, blue, alpha, not premultiplied. */
export class ImageData {
  public readonly width: number;
  public readonly height: number;
  public readonly data: Uint8ClampedArray;
  public readonly colorSpace = 'srgb';

  public constructor(first: number | Uint8ClampedArray, second: number, third?: number) {
    if (typeof first === 'number') {
      this.width = whole(first);
      this.height = whole(second);
      if (this.width * this.height * 4 > MOST_BYTES) {
        throw new RangeError(`${this.width}×${this.height} pixels are more than can be held`);
      }
      this.data = new Uint8ClampedArray(this.width * this.height * 4);
      return;
    }
    this.width = whole(second);
    this.height = third === undefined ? first.length / 4 / this.width : whole(third);
    if (this.width * this.height * 4 !== first.length) {
      throw domError('IndexSizeError', `${first.length} bytes are no ${this.width} by ${this.height} pixels`);
    }
    this.data = first;
  }
}

function whole(size: number): number {
  const pixels = Math.trunc(Number(size));
  if (!(pixels > 0)) throw domError('IndexSizeError', `a picture cannot be ${size} pixels wide or high`);
  return pixels;
}

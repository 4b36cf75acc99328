import {OffscreenCanvas} from './elements';
import {ImageBitmap} from './elements';
import {domError} from './errors';
import {drawableOf} from './sources';

/** A picture of a source, or of a part of it, as it is now. */
export async function createImageBitmap(source: unknown, ...part: unknown[]): Promise<ImageBitmap> {
  const drawable = drawableOf(source);
  if (drawable === null) throw domError('InvalidStateError', 'the image has not been loaded');
  const [x, y, width, height] = part.filter(number => typeof number === 'number') as number[];
  if (height === undefined) return new ImageBitmap(drawable);
  if (width === 0 || height === 0) throw new RangeError('an image bitmap cannot be empty');
  const canvas = new OffscreenCanvas(Math.abs(width), Math.abs(height));
  canvas.getContext('2d')!.drawImage(source, -Math.min(x, x + width), -Math.min(y, y + height));
  return canvas.transferToImageBitmap();
}

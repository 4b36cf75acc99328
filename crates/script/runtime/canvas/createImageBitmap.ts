import {HTMLImageElement} from './HTMLImageElement';
import {ImageData} from './ImageData';
import {ImageBitmap, OffscreenCanvas} from './elements';
import {dataUrl} from './dataUrl';
import {domError} from './errors';
import {bytes} from './pixels';
import {drawableOf} from './sources';
import type {Drawable, Source} from './sources';

/** A picture of a source, or of a part of it, as it is now. */
export async function createImageBitmap(from: unknown, ...part: unknown[]): Promise<ImageBitmap> {
  const source = await pictureOf(from);
  const drawable = drawableOf(source);
  if (drawable === null) throw domError('InvalidStateError', 'the image has not been loaded');
  const [x, y, width, height] = part.filter(number => typeof number === 'number') as number[];
  if (height === undefined) return new ImageBitmap(drawable);
  if (width === 0 || height === 0) throw new RangeError('an image bitmap cannot be empty');
  const canvas = new OffscreenCanvas(Math.abs(width), Math.abs(height));
  canvas.getContext('2d')!.drawImage(source, -Math.min(x, x + width), -Math.min(y, y + height));
  return canvas.transferToImageBitmap();
}

/** What can be drawn of pixels and files, and all else as it is. */
async function pictureOf(source: unknown): Promise<unknown> {
  if (source instanceof ImageData) {
    const {id, width, height} = __kinora.keepPixels(bytes(source), source.width, source.height);
    const drawable: Drawable = {asset: id, time: null, width, height};
    return {$$drawable: () => drawable} satisfies Source;
  }
  if (source instanceof Blob) {
    const image = new HTMLImageElement();
    image.src = dataUrl(new Uint8Array(await source.arrayBuffer()), source.type);
    await image.decode();
    return image;
  }
  return source;
}

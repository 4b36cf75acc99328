import {OffscreenCanvas} from './elements';
import {bytes} from './pixels';
import {drawableOf} from './sources';
import type {Drawable} from './sources';

/** Pictures of canvases as they were, by what was on them. */
const known = new WeakMap<object, string>();

/**
 * A picture file of what a canvas draws, as it is now.
 *
 * @throws where there is nothing to draw.
 */
export function pictureOf(source: unknown): string {
  const drawable = drawableOf(source);
  if (drawable === null) throw new Error('the picture of a Pattern has not been loaded');
  if ('asset' in drawable && drawable.time === null) return drawable.asset;
  const key = 'surface' in drawable ? drawable.surface : null;
  let asset = key === null ? undefined : known.get(key);
  if (asset === undefined) {
    asset = kept(drawable, source);
    if (key !== null) known.set(key, asset);
  }
  return asset;
}

function kept({width, height}: Drawable, source: unknown): string {
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(source, 0, 0);
  return __kinora.keepPixels(bytes(context.getImageData(0, 0, width, height)), width, height).id;
}

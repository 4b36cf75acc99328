import {unavailable} from '../utils/unavailable';

const INSTEAD = 'use the `Img` node, which loads its `src`';

/** There are no DOM images here: rejects. */
export async function loadImage(_source: string): Promise<never> {
  return unavailable('loadImage', INSTEAD);
}

/** There are no DOM images here: rejects. */
export async function loadAnimation(_sources: string[]): Promise<never> {
  return unavailable('loadAnimation', INSTEAD);
}

/** There are no DOM images here: throws. */
export function getImageData(_image: unknown): never {
  return unavailable('getImageData', 'use `getColorAtPoint` or `getPixelColor` of the `Img` node');
}

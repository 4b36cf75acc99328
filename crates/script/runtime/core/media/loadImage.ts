import {unavailable} from '../utils/unavailable';

/** A picture by its address and size: what stands here for a DOM image. */
export interface LoadedImage {
  readonly src: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly naturalWidth: number;
  readonly naturalHeight: number;
  readonly complete: true;
}

/** Whatever has the data of a picture. */
export type ImageDataSource = LoadedImage;

/** Loads a picture, for a `Pattern`; rejects with the address and the cause if it cannot be had. */
export async function loadImage(source: string): Promise<LoadedImage> {
  const {width, height} = __kinora.asset(source, 'image');
  return {src: source, width, height, naturalWidth: width, naturalHeight: height, complete: true};
}

/** Loads several pictures. */
export async function loadAnimation(sources: string[]): Promise<LoadedImage[]> {
  return Promise.all(sources.map(loadImage));
}

/** There are no DOM images here: throws. */
export function getImageData(_image: unknown): never {
  return unavailable('getImageData', 'use `getColorAtPoint` or `getPixelColor` of the `Img` node');
}

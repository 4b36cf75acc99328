import {canvas} from '../../globals/canvas';

/** A picture by its address and size, which a canvas can draw: what stands here for a DOM image. */
export interface LoadedImage {
  readonly src: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly naturalWidth: number;
  readonly naturalHeight: number;
  readonly complete: boolean;
}

/** Whatever has the data of a picture. */
export type ImageDataSource = LoadedImage;

/** Loads a picture; rejects with the address and the cause if it cannot be had. */
export async function loadImage(source: string): Promise<LoadedImage> {
  return canvas().HTMLImageElement.$$of(source, __kinora.asset(source, 'pixels'));
}

/** Loads several pictures. */
export async function loadAnimation(sources: string[]): Promise<LoadedImage[]> {
  return Promise.all(sources.map(loadImage));
}

/** The pixels of a picture: an `ImageData`. */
export function getImageData(image: ImageDataSource): any {
  const {width, height} = image;
  const context = new (canvas().OffscreenCanvas)(width, height).getContext('2d')!;
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, width, height);
}

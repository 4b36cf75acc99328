import {domError} from './errors';
import type {Snapshot} from './tape';

/** A picture of a file; seconds for a moving one. */
export interface DrawnFile {
  asset: string;
  time: number | null;
  width: number;
  height: number;
}

/** A canvas as it was. */
export interface DrawnSurface {
  surface: Snapshot;
  width: number;
  height: number;
}

export type Drawable = DrawnFile | DrawnSurface;

/** Something that can be drawn with `drawImage`. */
export interface Source {
  /** What is drawn of it; null while there is nothing to draw. */
  $$drawable(): Drawable | null;
}

/**
 * What is drawn of a source.
 *
 * @throws where it can never be drawn.
 */
export function drawableOf(source: unknown): Drawable | null {
  const drawable = (source as Source | null)?.$$drawable;
  if (typeof drawable !== 'function') {
    throw new TypeError(
      'a canvas draws images, canvases, image bitmaps and the `image()` of an Img or the `video()` of a Video, ' +
        `not ${describe(source)}`,
    );
  }
  return drawable.call(source);
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const name = value.constructor?.name ?? 'Object';
  return name === 'Object' ? 'a plain object' : `a ${name}`;
}

/** The error for a canvas without a size. */
export function emptySource(): Error {
  return domError('InvalidStateError', 'a canvas of no width or no height cannot be drawn');
}

import {DependencyContext} from '@revideo/core';
import type {AffineInit} from '../core/types/Affine';
import {DOMMatrix} from './DOMMatrix';
import {ImageData} from './ImageData';
import type {Snapshot} from './tape';

/** What puts nodes on canvases: a scene. */
export interface NodeSource {
  /** Brings the stage up to date, and gives the node that is being drawn, 0 for none. */
  $$beforeReading(): number;
}

let source: NodeSource | null = null;

/** Remembers whose nodes were put on a canvas last. */
export function putNodesOf(scene: NodeSource): void {
  source = scene;
}

/** Pixels of a canvas that are kept once they have been read, at most. */
const MOST_KEPT = 1 << 22;

/** A canvas whose pixels are read. */
export interface Readable {
  readonly snapshot: Snapshot;
  /** Null of one without bounds. */
  readonly size: [width: number, height: number] | null;
  /** From the space in which the drawing begins to the pixels. */
  readonly base: AffineInit | null;
}

/** All pixels of a canvas as they were at a time. */
interface Kept {
  readonly snapshot: Snapshot;
  readonly pixels: Uint8ClampedArray;
}

/** Reads pixels, and remembers those of a canvas that has not been drawn on since. */
export class PixelReader {
  #kept: Kept | null = null;

  /** The pixels of a part of a canvas; what lies outside of it is transparent. */
  public read(canvas: Readable, x: number, y: number, width: number, height: number): ImageData {
    const image = new ImageData(width, height);
    const {size} = canvas;
    const left = size === null ? x : Math.max(0, x);
    const top = size === null ? y : Math.max(0, y);
    const right = size === null ? x + width : Math.min(size[0], x + width);
    const bottom = size === null ? y + height : Math.min(size[1], y + height);
    if (left >= right || top >= bottom) return image;
    const all = this.#all(canvas);
    if (all === null) {
      const part = draw(canvas, [left, top, right - left, bottom - top]);
      copy(part, right - left, image, [left - x, top - y], [0, 0, right - left, bottom - top]);
    } else {
      copy(all, size![0], image, [left - x, top - y], [left, top, right - left, bottom - top]);
    }
    return image;
  }

  /** Forgets what was read. */
  public forget(): void {
    this.#kept = null;
  }

  /** All pixels, where these are not too many and do not change by themselves. */
  #all(canvas: Readable): Uint8ClampedArray | null {
    const {snapshot, size} = canvas;
    if (size === null || size[0] * size[1] > MOST_KEPT || showsNodes(snapshot)) return null;
    if (this.#kept === null || this.#kept.snapshot !== snapshot) {
      this.#kept = {snapshot, pixels: draw(canvas, [0, 0, size[0], size[1]])};
    }
    return this.#kept.pixels;
  }
}

function draw({snapshot, size, base}: Readable, part: [number, number, number, number]): Uint8ClampedArray {
  const by = showsNodes(snapshot) ? DependencyContext.untracked(() => source?.$$beforeReading() ?? 0) : 0;
  const place = new Float64Array(base === null ? [1, 0, 0, 1, 0, 0] : DOMMatrix.fromMatrix(base).toArray());
  return new Uint8ClampedArray(__kinora.pixels(snapshot, by, size, place, part));
}

/** Copies a rectangle of pixels to a place in a picture. */
function copy(
  from: Uint8ClampedArray,
  stride: number,
  image: ImageData,
  [toX, toY]: [number, number],
  [x, y, width, height]: [number, number, number, number],
): void {
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * stride + x) * 4;
    image.data.set(from.subarray(start, start + width * 4), ((toY + row) * image.width + toX) * 4);
  }
}

const known = new WeakMap<Snapshot, boolean>();

/** Whether nodes of the stage are on a canvas, or on one that is on it. */
function showsNodes(snapshot: Snapshot): boolean {
  let shows = known.get(snapshot);
  if (shows === undefined) {
    const [, , , nodes, surfaces] = snapshot;
    shows = nodes.length > 0 || surfaces.some(showsNodes);
    known.set(snapshot, shows);
  }
  return shows;
}

/** A part of a picture; all of it if that is what the part is. */
export function cut(image: ImageData, x: number, y: number, width: number, height: number): ImageData {
  if (x === 0 && y === 0 && width === image.width && height === image.height) return image;
  const part = new ImageData(width, height);
  copy(image.data, image.width, part, [0, 0], [x, y, width, height]);
  return part;
}

/** Bytes of pixels as the host takes them. */
export function bytes({data}: ImageData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Whether nothing can be seen through a picture. */
export function isOpaque({data}: ImageData): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

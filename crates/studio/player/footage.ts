/** A film that a studio shows, as far as it is known. */
export interface Footage {
  /** The recording that is shown; each has an id of its own. Whether it has sounds is known in the end. */
  readonly take: {readonly id: number; readonly sounds?: boolean} | null;
  readonly fps: number;
  /** The first frame's number. */
  readonly first: number;
  /** The frame after the last. */
  readonly end: number;
  /** The frame of the film that is next to this one. */
  clamp(frame: number): number;
}

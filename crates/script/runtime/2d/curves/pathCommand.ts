/** Codes of path commands as the stage reads them, each followed by its absolute coordinates. */
export const PathCommand = {
  /** x, y */
  Move: 0,
  /** x, y */
  Line: 1,
  /** x1, y1, x, y */
  Quad: 2,
  /** x1, y1, x2, y2, x, y */
  Cubic: 3,
  Close: 4,
} as const;

/** How many coordinates follow each command. */
export const PATH_COORDINATES: readonly number[] = [2, 2, 4, 6, 0];

/** Codes of path commands as the stage reads them, each followed by its absolute coordinates. */
export declare const PathCommand: {
    /** x, y */
    readonly Move: 0;
    /** x, y */
    readonly Line: 1;
    /** x1, y1, x, y */
    readonly Quad: 2;
    /** x1, y1, x2, y2, x, y */
    readonly Cubic: 3;
    readonly Close: 4;
};
/** How many coordinates follow each command. */
export declare const PATH_COORDINATES: readonly number[];

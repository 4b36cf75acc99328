import type { CanvasStyle } from '../partials/canvasStyle';
import type { Filter } from '../partials/filter';
/** A colour, or none, as the stage takes it; undefined for anything else. */
export declare function encodeColor(style: CanvasStyle): number[] | null | undefined;
/** A fill or stroke as the stage takes it. */
export declare function encodeStyle(style: CanvasStyle): unknown;
/** The active filters as `[name, value]`, in order. */
export declare function encodeFilters(filters: Filter[]): [string, number][];

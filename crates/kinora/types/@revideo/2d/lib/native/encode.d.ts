import type { CanvasStyle } from '../partials/canvasStyle';
import type { Filter } from '../partials/filter';
/** A fill or stroke as the stage takes it. */
export declare function encodeStyle(style: CanvasStyle): unknown;
/** The active filters as `[name, value]`, in order. */
export declare function encodeFilters(filters: Filter[]): [string, number][];

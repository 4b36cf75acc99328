import type { Vector2 } from '@revideo/core';
/** A point of a curve. */
export interface CurvePoint {
    position: Vector2;
    /** Unit vector along the curve. */
    tangent: Vector2;
    /** Unit vector across it. */
    normal: Vector2;
}

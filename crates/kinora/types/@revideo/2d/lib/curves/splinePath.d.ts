import { Vector2 } from '@revideo/core';
/** A point of a spline with its handles, all in the spline's space. */
export interface KnotInfo {
    position: Vector2;
    startHandle: Vector2;
    endHandle: Vector2;
    /** How much of each handle is found from the neighbours, 0 to 1. */
    auto: {
        start: number;
        end: number;
    };
}
/** A smooth curve through knots as path commands. */
export declare function splinePath(knots: readonly KnotInfo[], smoothness: number, closed: boolean): number[];

import type { PossibleVector2, Signal, SignalValue, SimpleSignal } from '@revideo/core';
import type { KnotInfo } from '../curves/splinePath';
import { Curve } from './Curve';
import type { CurveProps } from './Curve';
/** Points, each of which may be reactive. */
export type SplinePoints = SignalValue<PossibleVector2>[] | null;
export interface SplineProps extends CurveProps {
    smoothness?: SignalValue<number>;
    points?: SignalValue<SplinePoints>;
}
/** A smooth curve through points, or through the knots among its children. */
export declare class Spline extends Curve {
    /** How far the curve swings at its points; 0 is a polyline. */
    readonly smoothness: SimpleSignal<number, this>;
    readonly points: Signal<SplinePoints, SplinePoints, this>;
    constructor(props?: SplineProps);
    /** The knots in the node's own space. */
    knots(): KnotInfo[];
    /** The curve as the stage takes it. */
    $$encodePath(): number[];
    protected $$hasFreeSize(): boolean;
    protected $$outlineProperties(): readonly string[];
}

import type { PossibleVector2, SignalValue, Vector2Signal } from '@revideo/core';
import { Curve } from './Curve';
import type { CurveProps } from './Curve';
export interface CubicBezierProps extends CurveProps {
    p0?: SignalValue<PossibleVector2>;
    p0X?: SignalValue<number>;
    p0Y?: SignalValue<number>;
    p1?: SignalValue<PossibleVector2>;
    p1X?: SignalValue<number>;
    p1Y?: SignalValue<number>;
    p2?: SignalValue<PossibleVector2>;
    p2X?: SignalValue<number>;
    p2Y?: SignalValue<number>;
    p3?: SignalValue<PossibleVector2>;
    p3X?: SignalValue<number>;
    p3Y?: SignalValue<number>;
}
/** A Bézier curve from `p0` to `p3` with two control points. */
export declare class CubicBezier extends Curve {
    readonly p0: Vector2Signal<this>;
    readonly p1: Vector2Signal<this>;
    readonly p2: Vector2Signal<this>;
    readonly p3: Vector2Signal<this>;
    constructor(props?: CubicBezierProps);
    /** The curve as the stage takes it. */
    $$encodePath(): number[];
    protected $$hasFreeSize(): boolean;
    protected $$outlineProperties(): readonly string[];
}

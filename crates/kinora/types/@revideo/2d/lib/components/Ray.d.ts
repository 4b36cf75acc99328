import { BBox } from '@revideo/core';
import type { PossibleVector2, SignalValue, Vector2Signal } from '@revideo/core';
import { Curve } from './Curve';
import type { CurveProps } from './Curve';
export interface RayProps extends CurveProps {
    fromX?: SignalValue<number>;
    fromY?: SignalValue<number>;
    from?: SignalValue<PossibleVector2>;
    toX?: SignalValue<number>;
    toY?: SignalValue<number>;
    to?: SignalValue<PossibleVector2>;
}
/** A straight piece between two points. */
export declare class Ray extends Curve {
    readonly from: Vector2Signal<this>;
    readonly to: Vector2Signal<this>;
    constructor(props?: RayProps);
    /** The two ends as the stage takes them. */
    $$encodePoints(): number[];
    protected $$hasFreeSize(): boolean;
    protected $$outlineProperties(): readonly string[];
    protected getCacheBBox(): BBox;
}

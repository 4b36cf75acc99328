import { Vector2 } from '@revideo/core';
import type { SignalValue, SimpleSignal } from '@revideo/core';
import { Curve } from './Curve';
import type { CurveProps } from './Curve';
export interface PolygonProps extends CurveProps {
    sides?: SignalValue<number>;
    radius?: SignalValue<number>;
}
/** A regular polygon stretched over its box, one corner up. */
export declare class Polygon extends Curve {
    readonly sides: SimpleSignal<number, this>;
    readonly radius: SimpleSignal<number, this>;
    constructor(props?: PolygonProps);
    /** The corners in the node's own space. */
    $$vertices(): Vector2[];
    /** The corners as the stage takes them. */
    $$encodePoints(): number[];
    protected $$outlineProperties(): readonly string[];
}

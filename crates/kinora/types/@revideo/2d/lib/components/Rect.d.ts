import type { PossibleSpacing, SignalValue, SimpleSignal, SpacingSignal } from '@revideo/core';
import { Curve } from './Curve';
import type { CurveProps } from './Curve';
export interface RectProps extends CurveProps {
    radius?: SignalValue<PossibleSpacing>;
    smoothCorners?: SignalValue<boolean>;
    cornerSharpness?: SignalValue<number>;
}
/** A rectangle, its corners rounded as wanted. */
export declare class Rect extends Curve {
    /** Top left, top right, bottom right, bottom left, under the names top, right, bottom, left. */
    readonly radius: SpacingSignal<this>;
    readonly smoothCorners: SimpleSignal<boolean, this>;
    readonly cornerSharpness: SimpleSignal<number, this>;
    constructor(props?: RectProps);
    protected $$outlineProperties(): readonly string[];
}

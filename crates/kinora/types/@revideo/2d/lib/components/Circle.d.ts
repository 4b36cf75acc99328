import type { SignalValue, SimpleSignal } from '@revideo/core';
import { Curve } from './Curve';
import type { CurveProps } from './Curve';
export interface CircleProps extends CurveProps {
    startAngle?: SignalValue<number>;
    endAngle?: SignalValue<number>;
    counterclockwise?: SignalValue<boolean>;
}
/** An ellipse in its box, or an arc or a sector of one. Angles are degrees, clockwise from the right. */
export declare class Circle extends Curve {
    readonly startAngle: SimpleSignal<number, this>;
    readonly endAngle: SimpleSignal<number, this>;
    readonly counterclockwise: SimpleSignal<boolean, this>;
    constructor(props?: CircleProps);
    protected $$outlineProperties(): readonly string[];
}

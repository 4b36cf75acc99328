import type { SignalValue, SimpleSignal } from '@revideo/core';
import type { CurvePoint } from '../curves/curvePoint';
import { Shape } from './Shape';
import type { ShapeProps } from './Shape';
export interface CurveProps extends ShapeProps {
    closed?: SignalValue<boolean>;
    start?: SignalValue<number>;
    startOffset?: SignalValue<number>;
    startArrow?: SignalValue<boolean>;
    end?: SignalValue<number>;
    endOffset?: SignalValue<number>;
    endArrow?: SignalValue<boolean>;
    arrowSize?: SignalValue<number>;
}
/** A shape whose outline can be drawn in part and can end in arrows. */
export declare abstract class Curve extends Shape {
    readonly closed: SimpleSignal<boolean, this>;
    /** Fraction of the outline's length. */
    readonly start: SimpleSignal<number, this>;
    /** Pixels. */
    readonly startOffset: SimpleSignal<number, this>;
    readonly startArrow: SimpleSignal<boolean, this>;
    /** Fraction of the outline's length. */
    readonly end: SimpleSignal<number, this>;
    /** Pixels. */
    readonly endOffset: SimpleSignal<number, this>;
    readonly endArrow: SimpleSignal<boolean, this>;
    readonly arrowSize: SimpleSignal<number, this>;
    constructor(props?: CurveProps);
    /** Length of the whole outline in pixels. */
    baseArcLength(): number;
    /** Length of the outline between the offsets. */
    offsetArcLength(): number;
    /** Length of the visible part of the outline. */
    arcLength(): number;
    /** Which part of the outline is visible, 0 to 1. */
    completion(): number;
    /** Pixels along the outline at a fraction of it. */
    percentageToDistance(value: number): number;
    /** The fraction of the outline at pixels along it. */
    distanceToPercentage(value: number): number;
    /** The point at a fraction of the outline, in the node's own space. */
    getPointAtPercentage(value: number): CurvePoint;
    /** Tells the stage what the outline depends on. */
    protected $$measureOutline(): void;
    /** The properties that give the outline its form. */
    protected $$outlineProperties(): readonly string[];
}

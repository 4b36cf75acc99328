import { BBox } from '@revideo/core';
import type { SignalValue, SimpleSignal, ThreadGenerator } from '@revideo/core';
import type { CanvasStyleSignal } from '../decorators/canvasStyleSignal';
import type { PossibleCanvasStyle } from '../partials/canvasStyle';
import { Layout } from './Layout';
import type { LayoutProps } from './Layout';
export interface ShapeProps extends LayoutProps {
    fill?: SignalValue<PossibleCanvasStyle>;
    stroke?: SignalValue<PossibleCanvasStyle>;
    strokeFirst?: SignalValue<boolean>;
    lineWidth?: SignalValue<number>;
    lineJoin?: SignalValue<string>;
    lineCap?: SignalValue<string>;
    lineDash?: SignalValue<number[]>;
    lineDashOffset?: SignalValue<number>;
    antialiased?: SignalValue<boolean>;
}
/** A box with a fill and a stroke. */
export declare abstract class Shape extends Layout {
    readonly fill: CanvasStyleSignal<this>;
    readonly stroke: CanvasStyleSignal<this>;
    readonly strokeFirst: SimpleSignal<boolean, this>;
    readonly lineWidth: SimpleSignal<number, this>;
    readonly lineJoin: SimpleSignal<string, this>;
    readonly lineCap: SimpleSignal<string, this>;
    readonly lineDash: SimpleSignal<number[], this>;
    readonly lineDashOffset: SimpleSignal<number, this>;
    readonly antialiased: SimpleSignal<boolean, this>;
    /** How far a ripple has spread: 0 not at all, 1 and gone. */
    readonly rippleStrength: SimpleSignal<number, this>;
    constructor(props?: ShapeProps);
    /** Lets an outline of the shape spread and fade. */
    ripple(duration?: number): ThreadGenerator;
    protected getCacheBBox(): BBox;
}

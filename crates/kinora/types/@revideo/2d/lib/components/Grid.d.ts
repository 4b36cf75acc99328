import type { PossibleVector2, SignalValue, SimpleSignal, Vector2Signal } from '@revideo/core';
import { Shape } from './Shape';
import type { ShapeProps } from './Shape';
export interface GridProps extends ShapeProps {
    spacing?: SignalValue<PossibleVector2>;
    spacingX?: SignalValue<number>;
    spacingY?: SignalValue<number>;
    start?: SignalValue<number>;
    end?: SignalValue<number>;
}
/** Lines at equal distances, counted from the middle of the box. */
export declare class Grid extends Shape {
    readonly spacing: Vector2Signal<this>;
    /** Where each line begins: a fraction of the box. */
    readonly start: SimpleSignal<number, this>;
    /** Where each line ends: a fraction of the box. */
    readonly end: SimpleSignal<number, this>;
    constructor(props?: GridProps);
    /** The lines as the stage takes them: moves and lines. */
    $$encodePath(): number[];
}

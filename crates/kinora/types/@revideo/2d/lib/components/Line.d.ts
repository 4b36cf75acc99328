import { BBox, Vector2 } from '@revideo/core';
import type { InterpolationFunction, PossibleVector2, Signal, SignalValue, SimpleSignal, ThreadGenerator, TimingFunction } from '@revideo/core';
import { Curve } from './Curve';
import type { CurveProps } from './Curve';
/** Points, each of which may be reactive. */
export type LinePoints = SignalValue<PossibleVector2>[] | null;
export interface LineProps extends CurveProps {
    radius?: SignalValue<number>;
    points?: SignalValue<LinePoints>;
}
/** Points joined by straight lines, corners rounded as wanted; without points, the children's positions. */
export declare class Line extends Curve {
    readonly radius: SimpleSignal<number, this>;
    readonly points: Signal<LinePoints, LinePoints, this>;
    constructor(props?: LineProps);
    /** The points, reactive ones computed. */
    parsedPoints(): Vector2[];
    /** The points as the stage takes them; `null` for the children's positions. */
    $$encodePoints(): number[] | null;
    protected $$hasFreeSize(): boolean;
    protected $$outlineProperties(): readonly string[];
    computedSize(): Vector2;
    protected getCacheBBox(): BBox;
    /** Points blend one by one; the shorter list gets points between its own first. */
    protected tweenPoints(value: SignalValue<LinePoints>, time: number, timing: TimingFunction, _blend: InterpolationFunction<LinePoints>): ThreadGenerator;
}

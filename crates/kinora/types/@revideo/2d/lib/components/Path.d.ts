import type { InterpolationFunction, SignalValue, SimpleSignal, ThreadGenerator, TimingFunction } from '@revideo/core';
import { Curve } from './Curve';
import type { CurveProps } from './Curve';
export interface PathProps extends CurveProps {
    data?: SignalValue<string>;
}
/** A path given by SVG path data, in its own coordinates. */
export declare class Path extends Curve {
    readonly data: SimpleSignal<string, this>;
    /** What is drawn in place of `data` while it tweens. */
    readonly $$morph: SimpleSignal<number[] | null, this>;
    constructor(props?: PathProps);
    /** The path as the stage takes it. */
    $$encodePath(): number[];
    protected $$hasFreeSize(): boolean;
    protected $$outlineProperties(): readonly string[];
    /** Blends paths made of the same commands; others change half-way, with a warning. */
    protected tweenData(value: SignalValue<string>, time: number, timing: TimingFunction, _blend: InterpolationFunction<string>): ThreadGenerator;
}

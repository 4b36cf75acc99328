import { FrameStep } from '../threading/FrameStep';
import type { Thread } from '../threading/Thread';
import type { InterpolationFunction, TimingFunction } from '../tweening/types';
import type { SignalContext } from './SignalContext';
/** What a tween of a signal does in every frame. */
export declare abstract class SignalStep extends FrameStep {
    protected readonly context: SignalContext<any, any, any>;
    protected readonly duration: number;
    protected readonly timing: TimingFunction;
    readonly start: number;
    readonly end: number;
    constructor(thread: Thread, context: SignalContext<any, any, any>, duration: number, timing: TimingFunction);
    /** Sets the signal as it is at a progress of 0–1. */
    abstract show(progress: number): void;
    protected take(): boolean;
}
/** The step that suits a tween. */
export declare function signalStep(thread: Thread, context: SignalContext<any, any, any>, target: any, duration: number, timing: TimingFunction, interpolation: InterpolationFunction<any>): SignalStep;

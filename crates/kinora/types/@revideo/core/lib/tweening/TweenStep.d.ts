import { FrameStep } from '../threading/FrameStep';
import type { Thread } from '../threading/Thread';
/** Tells a function how far a tween has come. */
export declare class TweenStep extends FrameStep {
    private readonly seconds;
    private readonly onProgress;
    readonly start: number;
    readonly end: number;
    constructor(thread: Thread, seconds: number, onProgress: (value: number, time: number) => void);
    protected take(): boolean;
}

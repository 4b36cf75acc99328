import { FrameStep } from './FrameStep';
import type { Thread } from './Thread';
/** Waits as long as a thread's sum of frames is less than a moment. */
export declare class WaitStep extends FrameStep {
    private readonly moment;
    constructor(thread: Thread, moment: number);
    advance(): boolean;
    protected take(): boolean;
}

import { FrameStep } from './FrameStep';
import type { Thread } from './Thread';
/** Waits until all of some threads have ended. */
export declare class JoinStep extends FrameStep {
    private readonly children;
    private ended;
    constructor(thread: Thread, children: Thread[]);
    advance(): boolean;
    protected take(): boolean;
}

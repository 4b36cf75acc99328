import type { Thread } from './Thread';
/**
 * What a task does in every frame, until it is done with it.
 *
 * A task that yields a step is not resumed in the frames that follow: the scheduler takes the step in
 * its place, and resumes the task, through all generators that delegate to it, when no frame has to
 * pass any more. Whoever runs tasks by hand sees a value and need not care:
 *
 * ```ts
 * while (step.next()) yield step.asYield;
 * ```
 */
export declare abstract class FrameStep {
    protected readonly thread: Thread;
    private failure;
    constructor(thread: Thread);
    /** The step as tasks are declared to yield it: nothing, which is a frame. */
    get asYield(): void;
    /** Takes the step within the task. Returns whether a frame has to pass before the next one. */
    next(): boolean;
    /** Takes the step in the task's place; what it throws is thrown within the task. */
    advance(): boolean;
    /** Does what is due. Without effect once it has returned false. */
    protected abstract take(): boolean;
}

import type { SimpleSignal } from '../signals/SignalContext';
import type { FrameStep } from './FrameStep';
import type { ThreadGenerator } from './ThreadGenerator';
/** A task that knows the thread it runs in. */
type Task = ThreadGenerator & {
    task?: Thread;
};
/** A running task with its own clock. */
export declare class Thread {
    children: Thread[];
    /** What the next resumption hands to the task. */
    value: unknown;
    /** Seconds since the scene's start as the sum of the frames passed. */
    fixed: number;
    /**
     * Seconds since the scene's start at which the frame being drawn begins. While the frame's tasks
     * run that is {@link fixed}; past the frame boundary `fixed` is one frame ahead of it.
     */
    frameTime: number;
    parent: Thread | null;
    readonly runner: Task;
    /** Whether this thread or one it belongs to was cancelled or has finished. */
    canceled: boolean;
    /** Whether this thread or one it belongs to is paused. */
    paused: boolean;
    private static ends;
    /** What the scheduler does in the task's place. */
    step: FrameStep | null;
    /** The time as long as nobody has asked for the signal. */
    clock: number;
    timeSignal: SimpleSignal<number> | null;
    /** Whether children have ended since the last frame. */
    lostChildren: boolean;
    private closed;
    private ownPause;
    private queue;
    /** How many threads have ended so far; tells whether a list of threads may hold ended ones. */
    static get endCount(): number;
    /**
     * Seconds since the scene's start, sub-frame remainders included. Runs ahead of, or behind,
     * {@link fixed} by less than a frame.
     */
    get time(): SimpleSignal<number>;
    /** The value of {@link time}, without the cost of a signal. */
    get now(): number;
    set now(value: number);
    get root(): Thread;
    constructor(runner: ThreadGenerator, parent?: Thread | null);
    /** Resumes the task. */
    next(): IteratorResult<any, void>;
    /** Advances over a frame boundary, `dt` in seconds; the thread is appended to `running`, tasks that start before. */
    pass(dt: number, running: Thread[]): void;
    /** Advances the clock over a frame boundary, `dt` in seconds. */
    update(dt: number): void;
    /** Queues a task; it starts as a child with the next frame. */
    spawn(child: ThreadGenerator | (() => ThreadGenerator)): ThreadGenerator;
    add(child: Thread): void;
    /** Makes the queued tasks children; they are appended to `running`. */
    drain(running: Thread[]): void;
    /** Ends the task and, with it, its children. */
    cancel(): void;
    pause(value: boolean): void;
    /** The thread that runs a task, if any does. */
    static of(task: ThreadGenerator): Thread | undefined;
    private end;
    private inheritPause;
}
export {};

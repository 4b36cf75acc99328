import { Thread } from './Thread';
import type { ThreadGenerator } from './ThreadGenerator';
/** Makes the root task. */
export interface ThreadsFactory {
    (): ThreadGenerator;
}
/** Receives the root thread before it first runs. */
export interface ThreadsCallback {
    (root: Thread): void;
}
/**
 * Runs a task and everything it starts. Yields once per frame, and passes promises up to be awaited.
 *
 * Within a frame children run in the order they were created and before their parents, so that a
 * parent joining its children notices their end in the same frame.
 */
export declare function threads(factory: ThreadsFactory, callback?: ThreadsCallback): ThreadGenerator;

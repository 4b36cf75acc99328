import type { ThreadGenerator } from './ThreadGenerator';
/** Starts a task beside this one with the next frame, without yielding. */
export declare function spawn(task: ThreadGenerator | (() => ThreadGenerator)): ThreadGenerator;

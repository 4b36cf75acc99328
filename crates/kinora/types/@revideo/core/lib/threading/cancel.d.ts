import type { ThreadGenerator } from './ThreadGenerator';
/** Ends the given children of this task. */
export declare function cancel(...tasks: ThreadGenerator[]): void;

import type { ThreadGenerator } from './ThreadGenerator';
/** Ends the given children of this task. Their clocks stop at its time, for those who join them later. */
export declare function cancel(...tasks: ThreadGenerator[]): void;

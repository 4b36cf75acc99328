import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Runs tasks at once and waits for all of them. */
export declare function all(...tasks: ThreadGenerator[]): ThreadGenerator;

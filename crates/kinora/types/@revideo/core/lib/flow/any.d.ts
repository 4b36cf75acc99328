import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Runs tasks at once and waits for the first to end; the others run on. */
export declare function any(...tasks: ThreadGenerator[]): ThreadGenerator;

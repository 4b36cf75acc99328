import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Starts tasks `delay` seconds apart and waits for all of them. */
export declare function sequence(delay: number, ...tasks: ThreadGenerator[]): ThreadGenerator;

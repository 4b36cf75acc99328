import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { LoopCallback } from './loop';
/** Repeats for `seconds`; the last turn may take longer. */
export declare function loopFor(seconds: number, factory: LoopCallback): ThreadGenerator;

import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { LoopCallback } from './loop';
/** Motion Canvas: repeats until a time event. */
export declare function loopUntil(event: string, factory: LoopCallback): ThreadGenerator;

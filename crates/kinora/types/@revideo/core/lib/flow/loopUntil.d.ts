import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { LoopCallback } from './loop';
/** Motion Canvas: repeats until a time event. There are no time events here, so it takes no time. */
export declare function loopUntil(event: string, factory: LoopCallback): ThreadGenerator;

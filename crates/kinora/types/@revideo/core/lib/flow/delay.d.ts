import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { Callback } from './chain';
/** Runs a task, or calls a function, after `time` seconds. */
export declare function delay(time: number, item: ThreadGenerator | Callback): ThreadGenerator;

import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Motion Canvas: seconds from now to a time event (see `TimeEvents`), less than 0 if it is over. */
export declare function useDuration(name: string): number;
/** Motion Canvas: waits until a time event. */
export declare function waitUntil(event: string, after?: ThreadGenerator): ThreadGenerator;

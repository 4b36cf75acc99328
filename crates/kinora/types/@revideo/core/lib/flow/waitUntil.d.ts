import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Motion Canvas: seconds until a time event. There are no time events here: always 0, with a warning. */
export declare function useDuration(name: string): number;
/** Motion Canvas: waits for a time event. There are no time events here, so it takes no time. */
export declare function waitUntil(event: string, after?: ThreadGenerator): ThreadGenerator;

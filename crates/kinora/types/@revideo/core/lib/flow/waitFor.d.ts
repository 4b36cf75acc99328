import type { ThreadGenerator } from '../threading/ThreadGenerator';
/**
 * Waits `seconds`, then runs `after`. Ends up to one frame early; what is missing stays in the
 * thread's clock, so that waits do not drift.
 */
export declare function waitFor(seconds?: number, after?: ThreadGenerator): ThreadGenerator;

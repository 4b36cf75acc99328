import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Fades the scene in over the former one in `duration` seconds. */
export declare function fadeTransition(duration?: number): ThreadGenerator;

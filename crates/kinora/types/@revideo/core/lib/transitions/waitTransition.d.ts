import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Motion Canvas: shows the former scene for `duration` seconds more, below this one. */
export declare function waitTransition(duration?: number): ThreadGenerator;

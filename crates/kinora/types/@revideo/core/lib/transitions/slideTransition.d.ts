import type { ThreadGenerator } from '../threading/ThreadGenerator';
import { Direction } from '../types/Origin';
import type { Origin } from '../types/Origin';
/** Slides the scene in from `direction`, pushing the former one out, in `duration` seconds. */
export declare function slideTransition(direction?: Direction | Origin, duration?: number): ThreadGenerator;

import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { BBox } from '../types/BBox';
/** Zooms into `area` of the former scene until this one fills the frame, in `duration` seconds. */
export declare function zoomInTransition(area: BBox, duration?: number): ThreadGenerator;

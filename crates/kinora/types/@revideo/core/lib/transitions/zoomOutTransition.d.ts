import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { BBox } from '../types/BBox';
/** Zooms out of this scene's `area`, into which the former scene shrinks, in `duration` seconds. */
export declare function zoomOutTransition(area: BBox, duration?: number): ThreadGenerator;

import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Marks the start of a slide; takes one frame, and never pauses a render. */
export declare function beginSlide(name: string): ThreadGenerator;

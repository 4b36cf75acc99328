import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** One turn of a loop: a task, or a plain function that takes a frame. */
export interface LoopCallback {
    (i: number): ThreadGenerator | void;
}
/** Repeats for ever; must not be used on the scene's own task. */
export declare function loop(factory: LoopCallback): ThreadGenerator;
/** Repeats `iterations` times. */
export declare function loop(iterations: number, factory: LoopCallback): ThreadGenerator;

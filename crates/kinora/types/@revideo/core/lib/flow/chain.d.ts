import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** A function called for its effect. */
export type Callback = () => void;
/** Runs tasks, and calls functions, one after another. */
export declare function chain(...items: (ThreadGenerator | Callback)[]): ThreadGenerator;

import type { TimingFunction } from './types';
/** Declares a timing function to be one of ours: calling it changes nothing, and it never fails. */
export declare function builtIn(curve: TimingFunction): TimingFunction;
/** Whether a timing function is one of ours. */
export declare function isBuiltIn(curve: TimingFunction): boolean;

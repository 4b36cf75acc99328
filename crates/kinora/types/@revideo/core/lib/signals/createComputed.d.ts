import type { Computed } from './ComputedContext';
/** A function that runs again only after a signal it reads has changed. */
export declare function createComputed<TValue>(factory: (...args: any[]) => TValue, owner?: any): Computed<TValue>;

import type { Computed } from './ComputedContext';
/**
 * A cached asynchronous function of signals. Reading yields the last resolved value (`initial` before
 * there is one) and registers the pending promise as a resource.
 */
export declare function createComputedAsync<T>(factory: () => Promise<T>): Computed<T | null>;
export declare function createComputedAsync<T>(factory: () => Promise<T>, initial: T): Computed<T>;

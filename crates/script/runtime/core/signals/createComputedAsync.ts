import type {Computed} from './ComputedContext';
import {createComputed} from './createComputed';
import {DependencyContext} from './DependencyContext';
import type {PromiseHandle} from './DependencyContext';

/**
 * A cached asynchronous function of signals. Reading yields the last resolved value (`initial` before
 * there is one) and registers the pending promise as a resource.
 */
export function createComputedAsync<T>(factory: () => Promise<T>): Computed<T | null>;
export function createComputedAsync<T>(factory: () => Promise<T>, initial: T): Computed<T>;
export function createComputedAsync<T>(factory: () => Promise<T>, initial: T | null = null): Computed<T | null> {
  const promise = createComputed(factory);
  let handle: PromiseHandle<T | null> | null = null;
  return createComputed(() => {
    const current = promise();
    // When the promise is fulfilled this runs again, to find the value in the handle.
    if (handle?.promise !== current) {
      handle = DependencyContext.collectPromise<T | null>(current, handle === null ? initial : handle.value);
    }
    return handle.value;
  });
}

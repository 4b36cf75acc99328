import type {Computed} from './ComputedContext';
import {createComputed} from './createComputed';
import {createSignal} from './createSignal';
import {DependencyContext} from './DependencyContext';

/**
 * A cached asynchronous function of signals. Reading yields the last resolved value (`initial` before
 * there is one) and registers the pending promise as a resource.
 */
export function createComputedAsync<T>(factory: () => Promise<T>): Computed<T | null>;
export function createComputedAsync<T>(factory: () => Promise<T>, initial: T): Computed<T>;
export function createComputedAsync<T>(factory: () => Promise<T>, initial: T | null = null): Computed<T | null> {
  const last = createSignal<T | null>(initial);
  const handle = createComputed(() => {
    const promise = factory();
    promise.then(
      value => last(value),
      () => undefined,
    );
    return DependencyContext.collectPromise(promise, DependencyContext.untracked(() => last()) as T);
  });
  return createComputed(() => {
    handle();
    return last();
  });
}

import {ComputedContext} from './ComputedContext';
import type {Computed} from './ComputedContext';

/** A function that runs again only after a signal it reads has changed. */
export function createComputed<TValue>(factory: (...args: any[]) => TValue, owner?: any): Computed<TValue> {
  return new ComputedContext<TValue>(factory, owner).toSignal();
}

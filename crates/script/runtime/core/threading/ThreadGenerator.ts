/** Anything that can be awaited by yielding it. */
export interface Promisable<T> {
  toPromise(): Promise<T>;
}

/** A task: yields nothing for a frame, a promise to be awaited, or another task to run beside it. */
export type ThreadGenerator = Generator<ThreadGenerator | Promise<any> | Promisable<any> | void, void, any>;

/** Whether a value is a task; a node is none, whatever methods its class has. */
export function isThreadGenerator(value: unknown): value is ThreadGenerator {
  return (
    value !== null &&
    typeof value === 'object' &&
    Symbol.iterator in value &&
    'next' in value &&
    !isPromisable(value)
  );
}

/** Whether a value has a `toPromise` method. */
export function isPromisable(value: unknown): value is Promisable<any> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as any).toPromise === 'function'
  );
}

/** Whether a value has a `then` method. */
export function isPromise(value: unknown): value is Promise<any> {
  return typeof (value as any)?.then === 'function';
}

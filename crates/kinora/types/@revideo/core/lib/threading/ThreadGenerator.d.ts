/** Anything that can be awaited by yielding it. */
export interface Promisable<T> {
    toPromise(): Promise<T>;
}
/** A task: yields nothing for a frame, a promise to be awaited, or another task to run beside it. */
export type ThreadGenerator = Generator<ThreadGenerator | Promise<any> | Promisable<any> | void, void, any>;
/** Whether a value is a task; a node is none, whatever methods its class has. */
export declare function isThreadGenerator(value: unknown): value is ThreadGenerator;
/** Whether a value has a `toPromise` method. */
export declare function isPromisable(value: unknown): value is Promisable<any>;
/** Whether a value has a `then` method. */
export declare function isPromise(value: unknown): value is Promise<any>;

import { EventDispatcherBase } from './EventDispatcherBase';
import type { Subscribable } from './EventDispatcherBase';
/** Receives an event and may take its time. */
export interface AsyncEventHandler<T> {
    (event: T): Promise<void> | void;
}
/** Dispatches events and waits for every handler. */
export declare class AsyncEventDispatcher<T> extends EventDispatcherBase<T, AsyncEventHandler<T>> {
    dispatch(value: T): Promise<void>;
}
/** The subscribing half of an {@link AsyncEventDispatcher}. */
export type SubscribableAsyncEvent<T> = Subscribable<T, AsyncEventHandler<T>>;

import { EventDispatcherBase } from './EventDispatcherBase';
import type { EventHandler, Subscribable } from './EventDispatcherBase';
/** Dispatches events synchronously. */
export declare class EventDispatcher<T> extends EventDispatcherBase<T> {
    dispatch(value: T): void;
}
export type { EventHandler };
/** The subscribing half of an {@link EventDispatcher}. */
export type SubscribableEvent<T> = Subscribable<T>;

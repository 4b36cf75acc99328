import {EventDispatcherBase} from './EventDispatcherBase';
import type {EventHandler, Subscribable} from './EventDispatcherBase';

/** Dispatches events synchronously. */
export class EventDispatcher<T> extends EventDispatcherBase<T> {
  public dispatch(value: T): void {
    if (!this.$$isEmpty) this.notifySubscribers(value);
  }
}

export type {EventHandler};

/** The subscribing half of an {@link EventDispatcher}. */
export type SubscribableEvent<T> = Subscribable<T>;

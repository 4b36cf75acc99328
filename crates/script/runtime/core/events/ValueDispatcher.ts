import {EventDispatcherBase, Subscribable} from './EventDispatcherBase';
import type {EventHandler} from './EventDispatcherBase';

/** The subscribing half of a {@link ValueDispatcher}. */
export class SubscribableValueEvent<T> extends Subscribable<T> {
  public get current(): T {
    return (this.dispatcher as ValueDispatcher<T>).current;
  }

  /** Calls `handler` with the present value, unless `dispatchImmediately` is false, and with every later one. */
  public override subscribe(handler: EventHandler<T>, dispatchImmediately = true): () => void {
    return (this.dispatcher as ValueDispatcher<T>).subscribe(handler, dispatchImmediately);
  }
}

/** A value that notifies when it is set. */
export class ValueDispatcher<T> extends EventDispatcherBase<T> {
  #valueView: SubscribableValueEvent<T> | null = null;

  public constructor(private value: T) {
    super();
  }

  public override get subscribable(): SubscribableValueEvent<T> {
    return (this.#valueView ??= new SubscribableValueEvent(this));
  }

  public get current(): T {
    return this.value;
  }

  public set current(value: T) {
    this.value = value;
    this.notifySubscribers(value);
  }

  public override subscribe(handler: EventHandler<T>, dispatchImmediately = true): () => void {
    const unsubscribe = super.subscribe(handler);
    if (dispatchImmediately) handler(this.value);
    return unsubscribe;
  }
}

import {EventDispatcherBase} from './EventDispatcherBase';
import type {EventHandler, Subscribable} from './EventDispatcherBase';

/** A flag that notifies when it goes up; late subscribers of a raised flag are called at once. */
export class FlagDispatcher extends EventDispatcherBase<void> {
  #raised = false;

  public raise(): void {
    if (this.#raised) return;
    this.#raised = true;
    this.notifySubscribers();
  }

  public reset(): void {
    this.#raised = false;
  }

  public isRaised(): boolean {
    return this.#raised;
  }

  public override subscribe(handler: EventHandler<void>): () => void {
    const unsubscribe = super.subscribe(handler);
    if (this.#raised) handler();
    return unsubscribe;
  }
}

/** The subscribing half of a {@link FlagDispatcher}. */
export type SubscribableFlagEvent = Subscribable<void>;

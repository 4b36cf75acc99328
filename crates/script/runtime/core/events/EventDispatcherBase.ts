/** Receives an event. */
export interface EventHandler<T> {
  (event: T): any;
}

/** Something that is called for every event; base of the dispatchers. */
export abstract class EventDispatcherBase<TValue, THandler extends EventHandler<TValue> = EventHandler<TValue>> {
  protected readonly subscribers: Set<THandler> = new Set<THandler>();
  #view: Subscribable<TValue, THandler> | null = null;

  /** The part of the dispatcher to be handed out. */
  public get subscribable(): Subscribable<TValue, THandler> {
    return (this.#view ??= new Subscribable(this));
  }

  /** Calls `handler` for every event from now on. Returns a function that ends this. */
  public subscribe(handler: THandler): () => void {
    this.subscribers.add(handler);
    return () => this.unsubscribe(handler);
  }

  public unsubscribe(handler: THandler): void {
    this.subscribers.delete(handler);
  }

  /** Forgets all subscribers. */
  public clear(): void {
    this.subscribers.clear();
  }

  /** Whether anybody listens. */
  public get $$isEmpty(): boolean {
    return this.subscribers.size === 0;
  }

  /** Calls the subscribers and collects what they return. */
  protected notifySubscribers(value: TValue): ReturnType<THandler>[] {
    return this.subscribers.size === 0 ? [] : [...this.subscribers].map(handler => handler(value));
  }
}

/** The subscribing half of a dispatcher. */
export class Subscribable<TValue, THandler extends EventHandler<TValue> = EventHandler<TValue>> {
  public constructor(protected readonly dispatcher: EventDispatcherBase<TValue, THandler>) {}

  public subscribe(handler: THandler): () => void {
    return this.dispatcher.subscribe(handler);
  }

  public unsubscribe(handler: THandler): void {
    this.dispatcher.unsubscribe(handler);
  }
}

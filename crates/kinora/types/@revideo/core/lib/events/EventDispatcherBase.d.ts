/** Receives an event. */
export interface EventHandler<T> {
    (event: T): any;
}
/** Something that is called for every event; base of the dispatchers. */
export declare abstract class EventDispatcherBase<TValue, THandler extends EventHandler<TValue> = EventHandler<TValue>> {
    #private;
    protected readonly subscribers: Set<THandler>;
    /** The part of the dispatcher to be handed out. */
    get subscribable(): Subscribable<TValue, THandler>;
    /** Calls `handler` for every event from now on. Returns a function that ends this. */
    subscribe(handler: THandler): () => void;
    unsubscribe(handler: THandler): void;
    /** Forgets all subscribers. */
    clear(): void;
    /** Whether anybody listens. */
    get $$isEmpty(): boolean;
    /** Calls the subscribers and collects what they return. */
    protected notifySubscribers(value: TValue): ReturnType<THandler>[];
}
/** The subscribing half of a dispatcher. */
export declare class Subscribable<TValue, THandler extends EventHandler<TValue> = EventHandler<TValue>> {
    protected readonly dispatcher: EventDispatcherBase<TValue, THandler>;
    constructor(dispatcher: EventDispatcherBase<TValue, THandler>);
    subscribe(handler: THandler): () => void;
    unsubscribe(handler: THandler): void;
}

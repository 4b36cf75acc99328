import { EventDispatcherBase, Subscribable } from './EventDispatcherBase';
import type { EventHandler } from './EventDispatcherBase';
/** The subscribing half of a {@link ValueDispatcher}. */
export declare class SubscribableValueEvent<T> extends Subscribable<T> {
    get current(): T;
    /** Calls `handler` with the present value, unless `dispatchImmediately` is false, and with every later one. */
    subscribe(handler: EventHandler<T>, dispatchImmediately?: boolean): () => void;
}
/** A value that notifies when it is set. */
export declare class ValueDispatcher<T> extends EventDispatcherBase<T> {
    #private;
    private value;
    constructor(value: T);
    get subscribable(): SubscribableValueEvent<T>;
    get current(): T;
    set current(value: T);
    subscribe(handler: EventHandler<T>, dispatchImmediately?: boolean): () => void;
}

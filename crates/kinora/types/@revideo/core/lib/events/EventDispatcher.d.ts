import { EventDispatcherBase } from './EventDispatcherBase';
import type { EventHandler } from './EventDispatcherBase';
/** Dispatches events synchronously. */
export declare class EventDispatcher<T> extends EventDispatcherBase<T> {
    dispatch(value: T): void;
}
export type { EventHandler };

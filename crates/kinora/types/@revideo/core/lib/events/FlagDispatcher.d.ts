import { EventDispatcherBase } from './EventDispatcherBase';
import type { EventHandler, Subscribable } from './EventDispatcherBase';
/** A flag that notifies when it goes up; late subscribers of a raised flag are called at once. */
export declare class FlagDispatcher extends EventDispatcherBase<void> {
    #private;
    raise(): void;
    reset(): void;
    isRaised(): boolean;
    subscribe(handler: EventHandler<void>): () => void;
}
/** The subscribing half of a {@link FlagDispatcher}. */
export type SubscribableFlagEvent = Subscribable<void>;

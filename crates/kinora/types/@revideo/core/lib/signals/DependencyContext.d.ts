import type { State } from './state';
/** A resource that was asked for but may not have arrived. */
export interface PromiseHandle<T> {
    /** The value once the promise has been fulfilled, the stand-in before. */
    value: T;
    promise: Promise<T>;
    /** Where the resource was asked for. */
    stack?: string;
    /** Owner of the signal that was being computed at the time. */
    owner?: unknown;
}
/** What hands values on to the host. */
export interface Sink extends DependencyContext {
    /**
     * Has the host blend colours by itself. Returns the slot of the progress, after which come those of where
     * a blend begins and of what it differs by; −1 where that cannot be.
     */
    takeBlend?(): number;
}
/**
 * A vertex of the dependency graph: something that can be read while something else is computed.
 *
 * A dependent subscribes by reading (see {@link collect}). A subscription carries the dependent's
 * epoch; as the epoch moves on with each notification and each recomputation, old subscriptions
 * lapse by themselves, nothing has to be unsubscribed, and `markDirty` is called once until the
 * dependent reads again. The first dependent is kept in a field because most vertices have only one.
 *
 * To watch signals from outside, extend this class, override `markDirty` and read them between
 * `startCollecting()` and `finishCollecting()`.
 */
export declare abstract class DependencyContext<TOwner = any> {
    protected owner: TOwner;
    private static pending;
    /** Registers a promise as a resource to be awaited before the next frame is drawn. */
    static collectPromise<T>(promise: Promise<T>): PromiseHandle<T | null>;
    static collectPromise<T>(promise: Promise<T>, initialValue: T): PromiseHandle<T>;
    /** Whether resources are pending. */
    static hasPromises(): boolean;
    /** Whether something is being computed, so that what is read now gets a dependent. */
    static isCollecting(): boolean;
    /** Awaits the resources pending now and returns their handles; rejects if one of them fails. */
    static consumePromises(): Promise<PromiseHandle<any>[]>;
    /** Runs `callback` without subscribing anything to what it reads. */
    static untracked<T>(callback: () => T): T;
    /** Whether this vertex is being computed. */
    $$collecting: boolean;
    /** Which subscriptions of this vertex still stand. */
    $$epoch: number;
    /** What hands the value on to the host: it is told of every change, without reading. */
    $$sink: Sink | null;
    protected $$first: DependencyContext | null;
    protected $$firstEpoch: number;
    protected $$rest: Map<DependencyContext, number> | null;
    /** What was being computed when the computation of this vertex began. */
    protected $$outer: DependencyContext | null;
    private $$restLimit;
    constructor(owner: TOwner);
    /** Called when something that was read has changed; not called again until something is read again. */
    markDirty(): void;
    /** Forgets all dependents and drops all subscriptions. */
    dispose(): void;
    /** The name of this vertex in error messages. */
    $$describe(): string;
    /** Subscribes whatever is being computed to this vertex. */
    protected collect(): void;
    /**
     * Tells the dependents that this vertex has changed, but for those that are being computed: what a
     * computation changes itself does not make its result old, and it stays subscribed.
     */
    protected $$notify(): void;
    /** As `$$notify`, but for the sink. */
    protected $$notifyReaders(): void;
    /** Tells all dependents, those that are being computed too: they have read what is no longer true. */
    protected $$notifyAll(): void;
    /** From here on whatever is read is a dependency of this vertex; pair with `finishCollecting`. */
    protected startCollecting(): void;
    protected finishCollecting(): void;
    /** Drops this vertex's subscriptions to others. */
    protected clearDependencies(): void;
    private $$sweep;
    /** Who waits for whom in a circle, from `start` to `start`. */
    protected static cycle(start: DependencyContext): string[];
    /** Notifies `dependent` if its subscription of that epoch still stands and it is not being computed. */
    static mark(epoch: number, dependent: DependencyContext): void;
}
/**
 * A vertex that keeps what was computed until something that was read has changed.
 *
 * Films compute many thousands of these for each frame, and most of the cost of one is calls: its
 * methods hold the bodies of those of {@link DependencyContext} (calling only `$$notify` would cost 7 %).
 */
export declare abstract class CachedContext<TValue, TOwner = any> extends DependencyContext<TOwner> {
    /** The value as it is read; up to date while the state is {@link FRESH}. */
    last: TValue | undefined;
    protected $$state: State;
    markDirty(): void;
    /**
     * Reads the value, which `compute` computes if need be; an error is logged and the former value kept.
     * Whatever `compute` reads is a dependency of this vertex, which is one of whatever is being computed.
     */
    protected $$readFrom(compute: () => TValue): TValue;
}

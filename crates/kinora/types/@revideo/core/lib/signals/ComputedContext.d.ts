import { CachedContext } from './DependencyContext';
/** A cached function of signals. */
export interface Computed<TValue> {
    (...args: any[]): TValue;
    /** Resolves once every resource the value depends on has loaded. */
    toPromise(): Promise<Computed<TValue>>;
    context: ComputedContext<TValue>;
}
/** Runs a function again only after a signal it read has changed. Arguments do not affect the caching. */
export declare class ComputedContext<TValue> extends CachedContext<TValue> {
    private readonly factory;
    private $$callable;
    constructor(factory: (...args: any[]) => TValue, owner?: any);
    /** The callable that users hold; always the same one. */
    toSignal(): Computed<TValue>;
    /** Resolves to the callable once all resources that the value depends on have loaded. */
    toPromise(): Promise<Computed<TValue>>;
    dispose(): void;
    $$describe(): string;
    /** What a call of the callable does. */
    protected invoke(...args: any[]): TValue;
    /** The value, computed if need be. An error in the function is logged and the former value kept. */
    $$read(args: any[]): TValue;
}

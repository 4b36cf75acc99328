import { DependencyContext } from './DependencyContext';
/** A cached function of signals. */
export interface Computed<TValue> {
    (...args: any[]): TValue;
    context: ComputedContext<TValue>;
}
/** Runs a function again only after a signal it read has changed. Arguments do not affect the caching. */
export declare class ComputedContext<TValue> extends DependencyContext<any> {
    private readonly factory;
    private last;
    private stale;
    constructor(factory: (...args: any[]) => TValue, owner?: any);
    /** The callable that users hold. */
    toSignal(): Computed<TValue>;
    markDirty(): void;
    dispose(): void;
    describe(): string;
    /** The value, computed if need be. An error in the function is logged and the former value kept. */
    read(args: any[]): TValue;
}

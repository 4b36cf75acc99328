import { DependencyContext } from './DependencyContext';
/** Runs a function for its side effects whenever a signal it reads has changed. */
export declare class EffectContext extends DependencyContext<any> {
    private readonly callback;
    private readonly $$isDeferred;
    private static deferred;
    /** Runs the deferred effects that are due; called at the end of a frame's step. */
    static flush(): void;
    private $$stopped;
    constructor(callback: () => void, $$isDeferred: boolean);
    markDirty(): void;
    dispose(): void;
    private $$run;
}

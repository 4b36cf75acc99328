import { DependencyContext } from '@revideo/core';
/** Something that is not a signal but changes now and then, as a thing that computations depend on. */
export declare class Epoch extends DependencyContext<unknown> {
    /** Subscribes whatever is being computed. */
    track(): void;
    /** Tells the dependents that it has changed. */
    raise(): void;
}

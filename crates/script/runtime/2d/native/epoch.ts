import {DependencyContext} from '@revideo/core';

/** Something that is not a signal but changes now and then, as a thing that computations depend on. */
export class Epoch extends DependencyContext<unknown> {
  /** Subscribes whatever is being computed. */
  public track(): void {
    this.collect();
  }

  /** Tells the dependents that it has changed. */
  public raise(): void {
    this.$$notifyAll();
  }
}

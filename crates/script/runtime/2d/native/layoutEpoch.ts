import {DependencyContext} from '@revideo/core';

/** The layout below one node, as something that computations depend on. */
export class LayoutEpoch extends DependencyContext<unknown> {
  /** Subscribes whatever is being computed to the layout. */
  public track(): void {
    this.collect();
  }

  /** Tells the dependents that boxes may have changed. */
  public raise(): void {
    this.notify();
  }
}

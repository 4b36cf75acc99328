import {DependencyContext} from '@revideo/core';
import type {TreeNode} from './TreeNode';
import type {ComponentChildren} from './children';

/** Lets computations depend on a node's children, and spawns them from a function. */
export class ChildrenContext extends DependencyContext<TreeNode> {
  /** Makes the children, if they are reactive. */
  public factory: (() => ComponentChildren) | null = null;
  private stale = false;

  public constructor(private readonly node: TreeNode) {
    super(node);
  }

  /** Sets or drops the function that makes the children. */
  public follow(factory: (() => ComponentChildren) | null): void {
    if (factory === null && this.factory === null) return;
    this.factory = factory;
    this.stale = factory !== null;
    this.clearDependencies();
    this.$$notifyAll();
  }

  /** Brings the children up to date and subscribes whatever is being computed. */
  public read(): void {
    if (this.stale && this.factory !== null) {
      this.stale = false;
      let made: ComponentChildren;
      this.startCollecting();
      try {
        made = this.factory();
      } finally {
        this.finishCollecting();
      }
      DependencyContext.untracked(() => this.node.$$spawn(made));
    }
    this.collect();
  }

  /** The list has been replaced. */
  public changed(): void {
    this.$$notifyAll();
  }

  public override markDirty(): void {
    if (this.stale) return;
    this.stale = true;
    this.$$notifyAll();
  }
}

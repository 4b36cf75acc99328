import { DependencyContext } from '@revideo/core';
import type { TreeNode } from './TreeNode';
import type { ComponentChildren } from './children';
/** Lets computations depend on a node's children, and spawns them from a function. */
export declare class ChildrenContext extends DependencyContext<TreeNode> {
    private readonly node;
    /** Makes the children, if they are reactive. */
    factory: (() => ComponentChildren) | null;
    private stale;
    constructor(node: TreeNode);
    /** Sets or drops the function that makes the children. */
    follow(factory: (() => ComponentChildren) | null): void;
    /** Brings the children up to date and subscribes whatever is being computed. */
    read(): void;
    /** The list has been replaced. */
    changed(): void;
    markDirty(): void;
}

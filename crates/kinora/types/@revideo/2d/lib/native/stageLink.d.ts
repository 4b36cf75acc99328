import type { Blamable } from './blame';
import type { StageItem } from './stageItem';
/** A node with children, as this folder sees it. */
export interface StageParent {
    readonly $$nativeId: number;
    readonly key: string;
    $$childrenQueued: boolean;
    $$nativeChildren(): number[];
}
/** A node with a layout of its own, as this folder sees it. */
export interface LayoutRoot {
    $$flushModes(): void;
    $$flushLayout(enabled: boolean): void;
}
/** What the stage has not been told yet about the nodes of one view. */
export declare class StageLink {
    /** The view's id; 0 until it exists. */
    viewId: number;
    private items;
    private parents;
    private batch;
    /** Whose values the batch holds, in order. */
    private writers;
    /** Queues a changed property. */
    enqueue(item: StageItem): void;
    /** Queues a changed list of children. */
    enqueueChildren(parent: StageParent): void;
    /**
     * Tells the stage everything that changed, until nothing is left.
     *
     * @throws an error naming the properties, if they keep changing one another.
     */
    flush(): void;
    /**
     * Tells the stage what it needs to lay out one root, and nothing else: other properties may
     * depend on what is being measured.
     */
    flushLayout(root: LayoutRoot, enabled: boolean): void;
    /** Tells the stage all that changed of some nodes, ahead of the frame's flush. */
    flushNodes(nodes: ReadonlySet<unknown>): void;
    /** Sends the lists of children. */
    writeChildren(): void;
    /** Evaluates one queued property ahead of its turn. */
    flushItem(item: StageItem): void;
    /** Has a value written with the next batch. */
    put(node: Blamable, id: number, name: string, value: unknown): void;
    /** Has the stage take a property's numbers from slots. */
    slot(node: Blamable, first: number, id: number, name: string, count: number): void;
    /** Has the stage blend a property's colours from slots: how far, where they begin, and what is added. */
    blendSlot(node: Blamable, first: number, id: number, name: string): void;
    /** Writes what has been evaluated. */
    send(): void;
    /** Drops everything; for a view that is gone. */
    clear(): void;
    private neverSettles;
}

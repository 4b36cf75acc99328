import type { SignalValue, SimpleSignal } from '@revideo/core';
import { StageItem } from '../native/stageItem';
import type { StageLink } from '../native/stageLink';
import type { Node } from './Node';
import type { ComponentChildren } from './children';
/**
 * A node's place in the tree: its parent, its children, and what the stage has not been told yet
 * about layout in it.
 */
export declare abstract class TreeNode {
    #private;
    abstract readonly key: string;
    abstract readonly $$stageLink: StageLink;
    /** The node's number in the stage; 0 once it has been disposed. */
    $$nativeId: number;
    /** The number of the stage node that draws the outline apart from the box; 0 if there is none. */
    $$innerId: number;
    /** Changed layout properties that the stage does not know yet. */
    $$dirtyLayout: StageItem[] | null;
    /** Whether this node or one below has such changes. */
    $$layoutDirty: boolean;
    /** Counts the changes of layout in and below this node. */
    $$layoutVersion: number;
    $$childrenQueued: boolean;
    /** The node that this one is a child of: a signal. */
    get parent(): SimpleSignal<Node | null>;
    /** The children: read them with a call, replace them with nodes or with a function that makes nodes. */
    get children(): any;
    /** @deprecated Use `children`. */
    get spawner(): any;
    /** The children without depending on them; reactive ones are not brought up to date. */
    peekChildren(): readonly Node[];
    /** Appends children. */
    add(children: ComponentChildren): this;
    /** Puts children before the one at `index`; they leave their former parents. */
    insert(children: ComponentChildren, index?: number): this;
    /** Takes the node out of its parent. A playing sound goes on. */
    remove(): this;
    /** Takes all children out. */
    removeChildren(): this;
    /** Moves the node by places among its siblings; up is towards the front. */
    move(by?: number): this;
    moveUp(): this;
    moveDown(): this;
    moveToTop(): this;
    moveToBottom(): this;
    /** Moves the node to a place among its siblings. */
    moveTo(index: number): this;
    /** Moves the node behind another, right behind it if `directly`. */
    moveBelow(node: Node, directly?: boolean): this;
    /** Moves the node in front of another, right in front of it if `directly`. */
    moveAbove(node: Node, directly?: boolean): this;
    /** All nodes below that satisfy a predicate, depth first. */
    findAll<T extends Node>(predicate: (node: any) => node is T): T[];
    findAll<T extends Node = Node>(predicate: (node: any) => boolean): T[];
    /** The first node below that satisfies a predicate, depth first. */
    findFirst<T extends Node>(predicate: (node: any) => node is T): T | null;
    findFirst<T extends Node = Node>(predicate: (node: any) => boolean): T | null;
    /** The last node below that satisfies a predicate, depth first. */
    findLast<T extends Node>(predicate: (node: any) => node is T): T | null;
    findLast<T extends Node = Node>(predicate: (node: any) => boolean): T | null;
    /** The nearest node above that satisfies a predicate. */
    findAncestor<T extends Node>(predicate: (node: any) => node is T): T | null;
    findAncestor<T extends Node = Node>(predicate: (node: any) => boolean): T | null;
    childAs<T extends Node = Node>(index: number): T | null;
    childrenAs<T extends Node = Node>(): T[];
    parentAs<T extends Node = Node>(): T | null;
    /** The parent; a dependency of whatever is being computed. */
    $$readParent(): Node | null;
    /** The children, brought up to date; a dependency of whatever is being computed. */
    $$readChildren(): Node[];
    /** Replaces the children by nodes, or by what a function makes. */
    protected setChildren(value: SignalValue<ComponentChildren>): void;
    /** Takes the children given to the constructor. */
    protected $$adoptContent(content: SignalValue<ComponentChildren>): void;
    /** The nodes among what was given as children; overridden where strings count. */
    protected parseChildren(children: ComponentChildren): Node[];
    /** Makes exactly these nodes the children. */
    $$takeChildren(nodes: Node[]): void;
    /** Brings reactive children up to date and takes over what they made. */
    $$spawn(children: ComponentChildren): void;
    /** The stage's numbers of the children. */
    $$nativeChildren(): number[];
    /**
     * Notes that boxes in this node may have changed, here and in every node above.
     *
     * `pending` says whether the stage has yet to be told.
     */
    $$layoutChanged(pending?: boolean): void;
    /** Subscribes whatever is being computed to the layout in and below this node. */
    $$trackLayout(): void;
    /**
     * Tells the stage the pending layout changes of this node and of those laid out with it.
     *
     * `enabled` says whether this node lays out its children.
     */
    $$flushLayout(enabled: boolean): void;
    /** Tells the stage pending changes of the layout mode here and above: they decide who lays out whom. */
    $$flushModes(): void;
    /** As `flushLayout`, seen from the parent; a plain node is transparent to layout. */
    protected $$flushInFlow(parentEnabled: boolean): void;
}

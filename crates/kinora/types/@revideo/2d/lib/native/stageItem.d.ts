import { DependencyContext } from '@revideo/core';
import type { Sink } from '@revideo/core';
import type { Blamable } from './blame';
import type { StageProperty } from './stageProperty';
import type { StageLink } from './stageLink';
/** What this folder needs to know of a node. */
export interface StageNode extends Blamable {
    readonly $$nativeId: number;
    /** The stage node that draws the outline apart from the box; 0 if there is none. */
    readonly $$innerId: number;
    readonly $$stageTable: string;
    readonly $$stageLink: StageLink;
    /** Changed layout properties that the stage does not know yet. */
    $$dirtyLayout: StageItem[] | null;
    $$layoutChanged(pending?: boolean): void;
}
/** One property of one node on its way to the stage: watches it and writes it when it changes. */
export declare class StageItem extends DependencyContext<StageNode> implements Sink {
    readonly node: StageNode;
    readonly key: string;
    readonly property: StageProperty;
    /** Whether the value at creation need not be written: the stage has it. */
    private readonly startsDefault;
    private queued;
    private busy;
    private written;
    /** The signals that the value is made of, if that is all there is to it. */
    private contexts;
    /** The first of the slots through which the stage learns the numbers of the value; −1 before the first change. */
    private slot;
    /** The first of the slots from which the stage blends colours by itself; −1 before the first blend. */
    private blend;
    constructor(node: StageNode, key: string, property: StageProperty, 
    /** Whether the value at creation need not be written: the stage has it. */
    startsDefault: (() => boolean) | null);
    /** Puts the property on the list of what the stage has to be told. */
    markDirty(): void;
    /** Whether it waits to be written, and is not just being computed. */
    isDue(): boolean;
    /** Evaluates the property and has what changed written. */
    flush(): void;
    $$describe(): string;
    takeBlend(): number;
    private get stageId();
    /** Has the signals themselves tell of changes, where reading them is all there is to do. */
    private connect;
    /** Writes numbers that are at hand. Returns whether they were. */
    private flushDirect;
    /** From now on numbers reach the stage by slots, and single numbers without this being asked. */
    private takeSlots;
    private putNumbers;
}
/** Begins to tell the stage about a property of a node whose signal has just been made. */
export declare function watchProperty(instance: any, key: string): void;
/** Begins to tell the stage what it draws of a node that no single signal of it holds. */
export declare function watchDerived(node: StageNode): void;

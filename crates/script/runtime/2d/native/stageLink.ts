import {DependencyContext} from '@revideo/core';
import {changed, nextTurn, values} from '../../core/signals/slots';
import {blame} from './blame';
import type {Blamable} from './blame';
import type {Lease} from './lease';

/** A property on its way to the stage. */
export interface Pending {
  readonly node: Blamable;
  isDue(): boolean;
  flush(): void;
  $$describe(): string;
}

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

/** How often a flush goes round before it gives up on properties that chase one another. */
const ROUNDS = 100;

/** What the stage has not been told yet about the nodes of one view. */
export class StageLink {
  /** The view's id; 0 until it exists. */
  public viewId = 0;
  private items: Pending[] = [];
  private parents: StageParent[] = [];
  private batch: unknown[] = [];
  /** Whose values the batch holds, in order. */
  private writers: Blamable[] = [];

  /** Queues a changed property. */
  public enqueue(item: Pending): void {
    this.items.push(item);
  }

  /** Queues a changed list of children. */
  public enqueueChildren(parent: StageParent): void {
    if (parent.$$childrenQueued) return;
    parent.$$childrenQueued = true;
    this.parents.push(parent);
  }

  /**
   * Tells the stage everything that changed, until nothing is left.
   *
   * @throws an error naming the properties, if they keep changing one another.
   */
  public flush(): void {
    if (this.items.length === 0 && this.parents.length === 0) {
      if (changed[0] > 0) sendSlots();
      return;
    }
    DependencyContext.untracked(() => {
      for (let round = 0; this.items.length > 0 || this.parents.length > 0; round++) {
        if (round === ROUNDS) throw this.neverSettles();
        const items = this.items;
        this.items = [];
        for (const item of items) {
          if (item.isDue()) item.flush();
        }
        this.writeChildren();
        this.send();
      }
    });
  }

  /**
   * Tells the stage what it needs to lay out one root, and nothing else: other properties may
   * depend on what is being measured.
   */
  public flushLayout(root: LayoutRoot, enabled: boolean): void {
    DependencyContext.untracked(() => {
      this.writeChildren();
      root.$$flushModes();
      root.$$flushLayout(enabled);
      this.writeChildren();
      this.send();
    });
  }

  /** Tells the stage all that changed of some nodes, ahead of the frame's flush. */
  public flushNodes(nodes: ReadonlySet<unknown>): void {
    DependencyContext.untracked(() => {
      this.writeChildren();
      for (const item of this.items.filter(candidate => nodes.has(candidate.node))) this.flushItem(item);
      this.send();
    });
  }

  /** Sends the lists of children. */
  public writeChildren(): void {
    const {parents} = this;
    if (parents.length === 0) return;
    this.parents = [];
    for (const parent of parents) {
      parent.$$childrenQueued = false;
      if (parent.$$nativeId !== 0) __kinora.children(parent.$$nativeId, parent.$$nativeChildren());
    }
  }

  /** Evaluates one queued property ahead of its turn. */
  public flushItem(item: Pending): void {
    if (item.isDue()) item.flush();
  }

  /** Has a value written with the next batch. */
  public put(node: Blamable, id: number, name: string, value: unknown): void {
    this.batch.push(id, name, value);
    this.writers.push(node);
  }

  /** Has the stage take a property's numbers from slots. */
  public slot(lease: Lease, first: number, id: number, name: string, count: number): void {
    __kinora.slot(first, id, name, count);
    slotted.set(first, lease);
  }

  /** Has the stage blend a property's colours from slots: how far, where they begin, and what is added. */
  public blendSlot(lease: Lease, first: number, id: number, name: string): void {
    __kinora.blendSlot(first, id, name);
    slotted.set(first, lease);
  }

  /** Writes what has been evaluated. */
  public send(): void {
    if (changed[0] > 0) sendSlots();
    if (this.batch.length === 0) return;
    const {batch, writers} = this;
    this.batch = [];
    this.writers = [];
    try {
      __kinora.write(batch);
    } catch (error) {
      throw blameOne(error, writers);
    }
  }

  /** Drops everything; for a view that is gone. */
  public clear(): void {
    this.items = [];
    this.parents = [];
    this.batch = [];
    this.writers = [];
  }

  private neverSettles(): Error {
    const names = [...new Set(this.items.map(item => item.$$describe()))];
    const shown = names.slice(0, 8).map(name => `\`${name}\``).join(', ');
    const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
    const error = new Error(
      `these properties keep changing one another and never settle: ${shown}${more}; ` +
        'one of them reads a size or position that it changes itself',
    );
    if (this.items.length > 0) blame(error, this.items[0].node);
    return error;
  }
}

/** Whose properties reach the stage by slots, by the first of them. */
const slotted = new Map<number, Lease>();

/** Tells the stage the numbers that changed. */
function sendSlots(): void {
  try {
    __kinora.writeSlots(values, changed);
  } catch (error) {
    const count = changed[0];
    throw blameOne(error, [...changed.subarray(1, count + 1)].map(first => slotted.get(first)!));
  } finally {
    nextTurn();
  }
}

/** Blames the node that an error mentions by its key. */
function blameOne(error: unknown, nodes: Blamable[]): unknown {
  const message = String((error as Error)?.message);
  const node = nodes.find(({key}) => message.includes(`\`${key}\``));
  return node === undefined ? error : blame(error, node);
}

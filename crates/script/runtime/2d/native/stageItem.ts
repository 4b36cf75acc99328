import {DependencyContext} from '@revideo/core';
import {blame} from './blame';
import type {Blamable} from './blame';
import {DERIVED_PROPERTIES, STAGE_PROPERTIES} from './stageProperty';
import type {StageProperty} from './stageProperty';
import type {StageLink} from './stageLink';

/** What this folder needs to know of a node. */
export interface StageNode extends Blamable {
  readonly nativeId: number;
  /** The stage node that draws the outline apart from the box; 0 if there is none. */
  readonly innerId: number;
  readonly stageTable: string;
  readonly stageLink: StageLink;
  /** Changed layout properties that the stage does not know yet. */
  dirtyLayout: StageItem[] | null;
  layoutChanged(pending?: boolean): void;
}

/** One property of one node on its way to the stage: watches it and writes it when it changes. */
export class StageItem extends DependencyContext<StageNode> {
  private queued = false;
  private busy = false;
  private written: readonly unknown[] | null = null;

  public constructor(
    public readonly node: StageNode,
    public readonly key: string,
    public readonly property: StageProperty,
    /** Whether the value at creation need not be written: the stage has it. */
    private readonly startsDefault: (() => boolean) | null,
  ) {
    super(node);
    this.markDirty();
  }

  /** Puts the property on the list of what the stage has to be told. */
  public override markDirty(): void {
    if (this.queued || this.node.nativeId === 0) return;
    this.queued = true;
    this.node.stageLink.enqueue(this);
    if (this.property.layout) {
      (this.node.dirtyLayout ??= []).push(this);
      this.node.layoutChanged();
    }
  }

  /** Whether it waits to be written, and is not just being computed. */
  public isDue(): boolean {
    return this.queued && !this.busy && this.node.nativeId !== 0;
  }

  /** Evaluates the property and has what changed written. */
  public flush(): void {
    this.queued = false;
    this.busy = true;
    this.startCollecting();
    let values: readonly unknown[];
    let skip = false;
    try {
      skip = this.written === null && this.startsDefault !== null && this.startsDefault();
      values = this.property.read(this.node);
    } catch (error) {
      throw blame(error, this.node);
    } finally {
      this.finishCollecting();
      this.busy = false;
    }
    if (skip) return;
    const {written} = this;
    const id = this.property.inner ? this.node.innerId : this.node.nativeId;
    let changed = false;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (written === null ? this.property.unset && value === null : same(written[index], value)) continue;
      this.node.stageLink.put(this.node, id, this.property.names[index], value);
      changed = true;
    }
    this.written = values;
    // Whoever measured while this was being computed has seen the former layout.
    if (changed && this.property.layout) this.node.layoutChanged(false);
  }

  public override describe(): string {
    return `${this.node.key}.${this.key}`;
  }
}

/** Begins to tell the stage about a property of a node whose signal has just been made. */
export function watchProperty(instance: any, key: string): void {
  const table: string | undefined = instance.stageTable;
  if (table === undefined) return;
  const property = STAGE_PROPERTIES[table]?.[key];
  if (property === undefined) return;
  const signal = instance[key];
  const startsDefault = instance.writesDefault(key)
    ? null
    : () => signal.isInitial() && (property.isDefault?.(instance) ?? true);
  new StageItem(instance, key, property, startsDefault);
}

/** Begins to tell the stage what it draws of a node that no single signal of it holds. */
export function watchDerived(node: StageNode): void {
  const derived = DERIVED_PROPERTIES[node.stageTable];
  if (derived === undefined) return;
  for (const property of derived) new StageItem(node, property.names[0], property, null);
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (!same(a[index], b[index])) return false;
  }
  return true;
}

import {DependencyContext} from '@revideo/core';
import type {SignalContext, Sink} from '@revideo/core';
import {noteSlots, takeSlots, values as slots} from '../../core/signals/slots';
import {blame} from './blame';
import type {Blamable} from './blame';
import type {StageProperty} from './stageProperty';
import type {Lease} from './lease';
import type {Pending, StageLink} from './stageLink';

/** What this folder needs to know of a node. */
export interface StageNode extends Blamable {
  readonly $$nativeId: number;
  /** What the stage is told of such nodes, by the signals, and what no single signal holds. */
  readonly $$stageProperties: Record<string, StageProperty>;
  readonly $$stageDerived: readonly StageProperty[];
  readonly $$stageLink: StageLink;
  readonly $$lease: Lease;
  /** Changed layout properties that the stage does not know yet. */
  $$dirtyLayout: StageItem[] | null;
  $$layoutChanged(pending?: boolean): void;
}

type Context = SignalContext<any, any, any>;

/** Progress, which blend it is, four numbers at its beginning, and what is added to them. */
const BLEND_SLOTS = 10;

/** One property of one node on its way to the stage: watches it and writes it when it changes. */
export class StageItem extends DependencyContext<StageNode> implements Sink, Pending {
  private queued = false;
  private busy = false;
  private written: readonly unknown[] | null = null;
  /** The signals that the value is made of, if that is all there is to it. */
  private contexts: readonly Context[] | null = null;
  /** The first of the slots through which the stage learns the numbers of the value; −1 before the first change. */
  private slot = -1;
  /** The first of the slots from which the stage blends colours by itself; −1 before the first blend. */
  private blend = -1;

  public constructor(
    public readonly node: StageNode,
    public readonly key: string,
    public readonly property: StageProperty,
    /** Whether the value at creation need not be written: the stage has it. */
    private readonly startsDefault: (() => boolean) | null,
  ) {
    super(node);
    this.connect();
    this.markDirty();
  }

  /** Puts the property on the list of what the stage has to be told. */
  public override markDirty(): void {
    if (this.queued || this.node.$$nativeId === 0) return;
    this.queued = true;
    this.node.$$stageLink.enqueue(this);
    if (this.property.layout) {
      (this.node.$$dirtyLayout ??= []).push(this);
      this.node.$$layoutChanged();
    }
  }

  /** Whether it waits to be written, and is not just being computed. */
  public isDue(): boolean {
    return this.queued && !this.busy && this.node.$$nativeId !== 0;
  }

  /** Evaluates the property and has what changed written. */
  public flush(): void {
    this.queued = false;
    if (this.contexts !== null && this.written !== null && this.flushDirect(this.contexts)) return;
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
    const {written} = this;
    this.written = values;
    if (skip) return;
    if (this.slot >= 0 && this.putNumbers(numbersOf(values[0]))) return;
    // What reached the stage by slots was not noted as written.
    const isKnown = this.slot < 0 && this.blend < 0;
    let changed = false;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (written === null ? this.property.unset && value === null : isKnown && same(written[index], value)) continue;
      this.node.$$stageLink.put(this.node, this.node.$$nativeId, this.property.names[index], value);
      changed = true;
    }
    // Whoever measured while this was being computed has seen the former layout.
    if (changed && this.property.layout) this.node.$$layoutChanged(false);
  }

  public override $$describe(): string {
    return `${this.node.key}.${this.key}`;
  }

  public takeBlend(): number {
    if (this.contexts === null || !this.property.direct!.isColor || this.node.$$nativeId === 0) return -1;
    if (this.blend < 0) {
      this.blend = takeSlots(BLEND_SLOTS);
      this.node.$$lease.addRow(this.blend, BLEND_SLOTS);
      this.node.$$stageLink.blendSlot(this.node.$$lease, this.blend, this.node.$$nativeId, this.property.names[0]);
    }
    return this.blend;
  }

  /** Has the signals themselves tell of changes, where reading them is all there is to do. */
  private connect(): void {
    const {direct} = this.property;
    if (direct === undefined) return;
    const contexts = direct.contexts(this.node);
    if (!contexts.every(context => context.$$sink === null && (direct.isRaw || context.$$isReadPlainly()))) return;
    for (const context of contexts) context.$$sink = this;
    this.contexts = contexts;
  }

  /** Writes numbers that are at hand. Returns whether they were. */
  private flushDirect(contexts: readonly Context[]): boolean {
    let numbers: number[] | null = null;
    if (contexts.length === 1) {
      const [context] = contexts;
      if (context.$$isFresh()) numbers = numbersOf(this.property.direct!.encode?.(context.last) ?? context.last);
    } else {
      const [x, y] = contexts;
      if (x.$$isFresh() && y.$$isFresh()) numbers = numbersOf([x.last, y.last]);
    }
    if (numbers === null) return false;
    if (this.slot < 0) this.takeSlots(contexts, numbers);
    return this.putNumbers(numbers);
  }

  /** From now on numbers reach the stage by slots, and single numbers without this being asked. */
  private takeSlots(contexts: readonly Context[], numbers: number[]): void {
    this.slot = takeSlots(numbers.length);
    this.node.$$lease.addRow(this.slot, numbers.length);
    this.node.$$stageLink.slot(this.node.$$lease, this.slot, this.node.$$nativeId, this.property.names[0], numbers.length);
    if (contexts.length !== numbers.length) return;
    for (let index = 0; index < contexts.length; index++) {
      contexts[index].$$slot = this.slot + index;
      contexts[index].$$firstSlot = this.slot;
    }
  }

  private putNumbers(numbers: number[] | null): boolean {
    if (numbers === null) return false;
    const {slot} = this;
    for (let index = 0; index < numbers.length; index++) slots[slot + index] = numbers[index];
    noteSlots(slot);
    return true;
  }
}

/** The numbers that a value consists of; null if it is made of anything else. */
function numbersOf(value: unknown): number[] | null {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) return null;
  for (let index = 0; index < value.length; index++) {
    if (typeof value[index] !== 'number') return null;
  }
  return value;
}

/** Begins to tell the stage about a property of a node whose signal has just been made. */
export function watchProperty(instance: any, key: string): void {
  const property: StageProperty | undefined = instance.$$stageProperties?.[key];
  if (property === undefined) return;
  const signal = instance[key];
  const startsDefault = instance.$$writesDefault(key)
    ? null
    : () => signal.isInitial() && (property.isDefault?.(instance) ?? true);
  new StageItem(instance, key, property, startsDefault);
}

/** Begins to tell the stage what it draws of a node that no single signal of it holds. */
export function watchDerived(node: StageNode): void {
  for (const property of node.$$stageDerived) new StageItem(node, property.names[0], property, null);
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (!same(a[index], b[index])) return false;
  }
  return true;
}

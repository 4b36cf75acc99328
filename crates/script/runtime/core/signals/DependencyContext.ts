import {errorToLog} from '../utils/errorToLog';
import {useLogger} from '../utils/useScene';
import {CircularSignalError} from './CircularSignalError';
import {COMPUTING, FRESH, STALE} from './state';
import type {State} from './state';

/** A resource that was asked for but may not have arrived. */
export interface PromiseHandle<T> {
  /** The value once the promise has been fulfilled, the stand-in before. */
  value: T;
  promise: Promise<T>;
  /** Where the resource was asked for. */
  stack?: string;
  /** Owner of the signal that was being computed at the time. */
  owner?: unknown;
}

/** What hands values on to the host. */
export interface Sink extends DependencyContext {
  /**
   * Has the host blend colours by itself. Returns the slot of the progress, after which come those of where
   * a blend begins and of what it differs by; −1 where that cannot be.
   */
  takeBlend?(): number;
}

/**
 * A vertex of the dependency graph: something that can be read while something else is computed.
 *
 * A dependent subscribes by reading (see {@link collect}). A subscription carries the dependent's
 * epoch; as the epoch moves on with each notification and each recomputation, old subscriptions
 * lapse by themselves, nothing has to be unsubscribed, and `markDirty` is called once until the
 * dependent reads again. The first dependent is kept in a field because most vertices have only one.
 *
 * To watch signals from outside, extend this class, override `markDirty` and read them between
 * `startCollecting()` and `finishCollecting()`.
 */
export abstract class DependencyContext<TOwner = any> {
  private static pending: PromiseHandle<any>[] = [];

  /** Registers a promise as a resource to be awaited before the next frame is drawn. */
  public static collectPromise<T>(promise: Promise<T>): PromiseHandle<T | null>;
  public static collectPromise<T>(promise: Promise<T>, initialValue: T): PromiseHandle<T>;
  public static collectPromise<T>(promise: Promise<T>, initialValue: T | null = null): PromiseHandle<T | null> {
    const collector = top;
    const handle: PromiseHandle<T | null> = {
      promise,
      value: initialValue,
      stack: new Error().stack,
      owner: collector?.owner,
    };
    promise.then(
      value => {
        handle.value = value;
        collector?.markDirty();
      },
      // Whoever awaits the handle reports the failure; this only keeps it from counting as unhandled.
      () => undefined,
    );
    DependencyContext.pending.push(handle);
    return handle;
  }

  /** Whether resources are pending. */
  public static hasPromises(): boolean {
    return DependencyContext.pending.length > 0;
  }

  /** Whether something is being computed, so that what is read now gets a dependent. */
  public static isCollecting(): boolean {
    return top !== null;
  }

  /** Awaits the resources pending now and returns their handles; rejects if one of them fails. */
  public static async consumePromises(): Promise<PromiseHandle<any>[]> {
    const handles = DependencyContext.pending;
    DependencyContext.pending = [];
    for (const handle of handles) await handle.promise;
    return handles;
  }

  /** Runs `callback` without subscribing anything to what it reads. */
  public static untracked<T>(callback: () => T): T {
    const outer = top;
    top = null;
    try {
      return callback();
    } finally {
      top = outer;
    }
  }

  /** Whether this vertex is being computed. */
  public $$collecting = false;
  /** Which subscriptions of this vertex still stand. */
  public $$epoch = 0;
  /** What hands the value on to the host: it is told of every change, without reading. */
  public $$sink: Sink | null = null;
  protected $$first: DependencyContext | null = null;
  protected $$firstEpoch = 0;
  protected $$rest: Map<DependencyContext, number> | null = null;
  /** What was being computed when the computation of this vertex began. */
  declare protected $$outer: DependencyContext | null;
  declare private $$restLimit: number;

  // Films have very many signals: what is the same for nearly all of them, and seldom read, is kept once.
  static {
    this.prototype.$$outer = null;
    this.prototype.$$restLimit = 32;
  }

  public constructor(protected owner: TOwner) {}

  /** Called when something that was read has changed; not called again until something is read again. */
  public markDirty(): void {
    this.$$notify();
  }

  /** Forgets all dependents and drops all subscriptions. */
  public dispose(): void {
    this.$$epoch++;
    this.$$sink = null;
    this.$$first = null;
    this.$$rest = null;
  }

  /** The name of this vertex in error messages. */
  public $$describe(): string {
    const owner = this.owner as any;
    if (owner === undefined || owner === null) return 'an unnamed signal';
    const name = typeof owner.key === 'string' ? owner.key : (owner.constructor?.name ?? 'an object');
    for (const key in owner) {
      if (owner[key]?.context === this) return `${name}.${key}`;
    }
    return name;
  }

  /** Subscribes whatever is being computed to this vertex. */
  protected collect(): void {
    const dependent = top;
    if (dependent === null || dependent === this || dependent === this.$$sink) return;
    const {$$first: first} = this;
    if (first === dependent || first === null || first.$$epoch !== this.$$firstEpoch) {
      this.$$first = dependent;
      this.$$firstEpoch = dependent.$$epoch;
      return;
    }
    if (this.$$rest === null) this.$$rest = new Map();
    else if (this.$$rest.size > this.$$restLimit) this.$$sweep(this.$$rest);
    this.$$rest.set(dependent, dependent.$$epoch);
  }

  /**
   * Tells the dependents that this vertex has changed, but for those that are being computed: what a
   * computation changes itself does not make its result old, and it stays subscribed.
   */
  protected $$notify(): void {
    const {$$sink: sink} = this;
    if (sink !== null && !sink.$$collecting) sink.markDirty();
    this.$$notifyReaders();
  }

  /** As `$$notify`, but for the sink. */
  protected $$notifyReaders(): void {
    const {$$first: first, $$rest: rest} = this;
    if (first !== null && first.$$epoch === this.$$firstEpoch && !first.$$collecting) {
      first.$$epoch++;
      first.markDirty();
    }
    if (rest !== null) rest.forEach(markIfSubscribed);
  }

  /** Tells all dependents, those that are being computed too: they have read what is no longer true. */
  protected $$notifyAll(): void {
    const {$$sink: sink, $$first: first, $$rest: rest} = this;
    sink?.markDirty();
    if (first !== null && first.$$epoch === this.$$firstEpoch) {
      first.$$epoch++;
      first.markDirty();
    }
    rest?.forEach((epoch, dependent) => {
      if (dependent.$$epoch !== epoch) return;
      dependent.$$epoch++;
      dependent.markDirty();
    });
  }

  /** From here on whatever is read is a dependency of this vertex; pair with `finishCollecting`. */
  protected startCollecting(): void {
    if (this.$$collecting) throw new CircularSignalError(DependencyContext.cycle(this));
    this.$$collecting = true;
    this.$$epoch++;
    this.$$outer = top;
    top = this;
  }

  protected finishCollecting(): void {
    this.$$collecting = false;
    top = this.$$outer;
  }

  /** Drops this vertex's subscriptions to others. */
  protected clearDependencies(): void {
    this.$$epoch++;
  }

  private $$sweep(rest: Map<DependencyContext, number>): void {
    rest.forEach((epoch, dependent) => {
      if (dependent.$$epoch !== epoch) rest.delete(dependent);
    });
    this.$$restLimit = Math.max(32, rest.size * 2);
  }

  /** Who waits for whom in a circle, from `start` to `start`. */
  protected static cycle(start: DependencyContext): string[] {
    const chain = [start];
    for (let vertex = top; vertex !== null && vertex !== start; vertex = vertex.$$outer) chain.push(vertex);
    return [...chain, start].reverse().map(vertex => vertex.$$describe());
  }

  /** Notifies `dependent` if its subscription of that epoch still stands and it is not being computed. */
  public static mark(epoch: number, dependent: DependencyContext): void {
    if (dependent.$$epoch !== epoch || dependent.$$collecting) return;
    dependent.$$epoch++;
    dependent.markDirty();
  }
}

const markIfSubscribed = DependencyContext.mark;

/** What is being computed. */
let top: DependencyContext | null = null;

/**
 * A vertex that keeps what was computed until something that was read has changed.
 *
 * Films compute many thousands of these for each frame, and most of the cost of one is calls: its
 * methods hold the bodies of those of {@link DependencyContext} (calling the one that tells the dependents would cost 7 %).
 */
export abstract class CachedContext<TValue, TOwner = any> extends DependencyContext<TOwner> {
  /** The value as it is read; up to date while the state is {@link FRESH}. */
  public last: TValue | undefined = undefined;
  protected $$state: State = STALE;

  public override markDirty(): void {
    if (this.$$state === STALE) return;
    this.$$state = STALE;
    // As `$$notify`.
    const {$$sink: sink, $$first: first, $$rest: rest} = this;
    if (sink !== null && !sink.$$collecting) sink.markDirty();
    if (first !== null && first.$$epoch === this.$$firstEpoch && !first.$$collecting) {
      first.$$epoch++;
      first.markDirty();
    }
    if (rest !== null) rest.forEach(markIfSubscribed);
  }

  /**
   * Reads the value, which `compute` computes if need be; an error is logged and the former value kept.
   * Whatever `compute` reads is a dependency of this vertex, which is one of whatever is being computed.
   */
  protected $$readFrom(compute: () => TValue): TValue {
    const outer = top;
    if (this.$$state !== FRESH) {
      // As `startCollecting` and `finishCollecting`.
      if (this.$$collecting) throw new CircularSignalError(DependencyContext.cycle(this));
      this.$$collecting = true;
      this.$$state = COMPUTING;
      this.$$epoch++;
      this.$$outer = outer;
      top = this;
      try {
        this.last = compute();
        this.$$collecting = false;
        top = outer;
      } catch (error) {
        this.$$collecting = false;
        top = outer;
        useLogger().error({...errorToLog(error), inspect: (this.owner as any)?.key});
      }
      // What was told in the meantime to be old is computed again when it is next read.
      if (this.$$state === COMPUTING) this.$$state = FRESH;
    }
    // As `collect`, which the same dependent needs no more than once.
    if (outer !== null) {
      if (outer === this.$$first) this.$$firstEpoch = outer.$$epoch;
      else this.collect();
    }
    return this.last as TValue;
  }
}

import {errorToLog} from '../utils/errorToLog';
import {useLogger} from '../utils/useScene';
import {DependencyContext} from './DependencyContext';
import {COMPUTING, FRESH, STALE} from './state';
import type {State} from './state';

/** A cached function of signals. */
export interface Computed<TValue> {
  (...args: any[]): TValue;
  /** Resolves once every resource the value depends on has loaded. */
  toPromise(): Promise<Computed<TValue>>;
  context: ComputedContext<TValue>;
}

/** Runs a function again only after a signal it read has changed. Arguments do not affect the caching. */
export class ComputedContext<TValue> extends DependencyContext<any> {
  private last: TValue | undefined = undefined;
  private state: State = STALE;
  declare private callable: Computed<TValue> | null;

  static {
    this.prototype.callable = null;
  }

  public constructor(
    private readonly factory: (...args: any[]) => TValue,
    owner?: any,
  ) {
    super(owner);
  }

  /** The callable that users hold; always the same one. */
  public toSignal(): Computed<TValue> {
    if (this.callable === null) {
      const isPlain = this.invoke === ComputedContext.prototype.invoke;
      const computed = (
        isPlain ? (...args: any[]) => this.read(args) : (...args: any[]) => this.invoke(...args)
      ) as Computed<TValue>;
      computed.context = this;
      computed.toPromise = () => this.toPromise();
      this.callable = computed;
    }
    return this.callable;
  }

  /** Resolves to the callable once all resources that the value depends on have loaded. */
  public async toPromise(): Promise<Computed<TValue>> {
    this.read([]);
    while (DependencyContext.hasPromises()) {
      await DependencyContext.consumePromises();
      this.read([]);
    }
    return this.toSignal();
  }

  public override markDirty(): void {
    if (this.state === STALE) return;
    this.state = STALE;
    this.notify();
  }

  public override dispose(): void {
    super.dispose();
    this.state = STALE;
    this.last = undefined;
  }

  public override describe(): string {
    const name = this.factory.name;
    const owner = super.describe();
    return name ? `${owner}.${name}()` : owner;
  }

  /** What a call of the callable does. */
  protected invoke(...args: any[]): TValue {
    return this.read(args);
  }

  /** The value, computed if need be. An error in the function is logged and the former value kept. */
  public read(args: any[]): TValue {
    if (this.state !== FRESH) this.recompute(args);
    this.collect();
    return this.last as TValue;
  }

  private recompute(args: any[]): void {
    const {factory, owner} = this;
    const isBare = owner === undefined && args.length === 0;
    if (!this.collecting) this.state = COMPUTING;
    try {
      this.last = this.collectFrom(isBare ? factory : () => factory.apply(owner, args));
    } catch (error) {
      if (this.collecting) throw error;
      useLogger().error({...errorToLog(error), inspect: this.owner?.key});
    }
    // What was told in the meantime to be old is computed again when it is next read.
    if (this.state === COMPUTING) this.state = FRESH;
  }
}

import {CachedContext, DependencyContext} from './DependencyContext';
import {FRESH, STALE} from './state';

/** A cached function of signals. */
export interface Computed<TValue> {
  (...args: any[]): TValue;
  /** Resolves once every resource the value depends on has loaded. */
  toPromise(): Promise<Computed<TValue>>;
  context: ComputedContext<TValue>;
}

/** Runs a function again only after a signal it read has changed. Arguments do not affect the caching. */
export class ComputedContext<TValue> extends CachedContext<TValue> {
  declare private $$callable: Computed<TValue> | null;

  static {
    this.prototype.$$callable = null;
  }

  public constructor(
    private readonly factory: (...args: any[]) => TValue,
    owner?: any,
  ) {
    super(owner);
  }

  /** The callable that users hold; always the same one. */
  public toSignal(): Computed<TValue> {
    if (this.$$callable === null) {
      const isPlain = this.invoke === ComputedContext.prototype.invoke;
      const computed = (
        !isPlain
          ? (...args: any[]) => this.invoke(...args)
          : ignoresCall(this.factory)
            ? () => this.$$readFrom(this.factory)
            : (...args: any[]) => this.$$read(args)
      ) as Computed<TValue>;
      computed.context = this;
      computed.toPromise = () => this.toPromise();
      this.$$callable = computed;
    }
    return this.$$callable;
  }

  /** Resolves to the callable once all resources that the value depends on have loaded. */
  public async toPromise(): Promise<Computed<TValue>> {
    this.$$read([]);
    while (DependencyContext.hasPromises()) {
      await DependencyContext.consumePromises();
      this.$$read([]);
    }
    return this.toSignal();
  }

  public override dispose(): void {
    super.dispose();
    this.$$state = STALE;
    this.last = undefined;
  }

  public override $$describe(): string {
    const name = this.factory.name;
    const owner = super.$$describe();
    return name ? `${owner}.${name}()` : owner;
  }

  /** What a call of the callable does. */
  protected invoke(...args: any[]): TValue {
    return this.$$read(args);
  }

  /** The value, computed if need be. An error in the function is logged and the former value kept. */
  public $$read(args: any[]): TValue {
    const {factory, owner} = this;
    const isBare = this.$$state === FRESH || (owner === undefined && args.length === 0);
    return this.$$readFrom(isBare ? factory : () => factory.apply(owner, args));
  }
}

const sourceOf = Function.prototype.toString;

/**
 * Whether neither arguments nor `this` of a call reach a function: an arrow function without parameters,
 * as nearly all are. Rest parameters make an array for each call.
 */
function ignoresCall(factory: Function): boolean {
  return factory.length === 0 && sourceOf.call(factory).startsWith('() =>');
}

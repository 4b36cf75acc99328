import {SignalContext, all, easeInOutCubic, isReactive} from '@revideo/core';
import type {
  InterpolationFunction,
  Signal,
  SignalGenerator,
  SignalValue,
  ThreadGenerator,
  TimingFunction,
} from '@revideo/core';
import {FILTERS, Filter} from '../partials/filter';
import type {FilterName} from '../partials/filter';
import {getPropertyMetaOrCreate} from './metadata';
import {signal} from './signal';

/** Reads, sets or tweens one filter of a node, creating it on demand. */
export interface FilterAccess<TOwner> {
  (): number;
  (value: SignalValue<number>): TOwner;
  (value: SignalValue<number>, duration: number, timing?: TimingFunction): SignalGenerator<number, number>;
}

/** The filters of a node: a list, and one callable per filter name. */
export type FiltersSignal<TOwner> = Signal<Filter[], Filter[], TOwner, FiltersSignalContext<TOwner>> & {
  [K in FilterName]: FilterAccess<TOwner>;
};

/** Holds a node's list of filters. */
export class FiltersSignalContext<TOwner> extends SignalContext<Filter[], Filter[], TOwner> {
  /** The callable, with the accessors of the single filters. */
  public override toSignal(): FiltersSignal<TOwner> {
    const callable: any = super.toSignal();
    if (callable.blur === undefined) {
      for (const name of Object.keys(FILTERS) as FilterName[]) {
        callable[name] = (value?: SignalValue<number>, duration?: number, timing?: TimingFunction) =>
          this.#access(name, value, duration, timing);
      }
    }
    return callable;
  }

  public override *tweener(
    value: any,
    duration: number,
    timing: TimingFunction,
    _interpolation: InterpolationFunction<Filter[]>,
  ): ThreadGenerator {
    const from = this.get();
    const to: Filter[] = isReactive(value) ? (value() as Filter[]) : (value as Filter[]);
    const sameNames = from.length === to.length && from.every((filter, index) => filter.name === to[index].name);
    if (sameNames) {
      // The given filters keep their values: copies move.
      const moving = from.map(filter => new Filter({name: filter.name, value: filter.value()}));
      this.set(moving);
      yield* all(...moving.map((filter, index) => filter.value(to[index].value(), duration, timing)));
    } else {
      const leaving = from.map(filter => new Filter({name: filter.name, value: filter.value()}));
      this.set(leaving);
      yield* all(...leaving.map(filter => filter.value(filter.default, duration / 2, timing)));
      const coming = to.map(filter => new Filter({name: filter.name}));
      this.set(coming);
      yield* all(...coming.map((filter, index) => filter.value(to[index].value(), duration / 2, timing)));
    }
    this.set(value);
  }

  #access(
    name: FilterName,
    value: SignalValue<number> | undefined,
    duration: number | undefined,
    timing: TimingFunction = easeInOutCubic,
  ): unknown {
    let filter = this.get().find(candidate => candidate.name === name);
    if (value === undefined) return filter === undefined ? FILTERS[name].default : filter.value();
    if (filter === undefined) {
      filter = new Filter({name});
      this.set([...this.get(), filter]);
    }
    if (duration !== undefined) return filter.value(value, duration, timing);
    filter.value(value);
    return this.owner;
  }
}

/** The list of a node's filters. */
export function filtersSignal(): PropertyDecorator {
  return (target, key) => {
    signal()(target, key);
    const meta = getPropertyMetaOrCreate(target, key);
    meta.default = [];
    meta.create = instance =>
      new FiltersSignalContext<any>([], undefined, instance, (value: any) =>
        Array.isArray(value) ? value : [value],
      ).toSignal();
  };
}

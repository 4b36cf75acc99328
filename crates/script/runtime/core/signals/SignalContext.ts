import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {deepLerp} from '../tweening/interpolationFunctions';
import {easeInOutCubic} from '../tweening/timingFunctions';
import {tween} from '../tweening/tween';
import type {InterpolationFunction, TimingFunction} from '../tweening/types';
import {placed} from '../utils/placed';
import {isBuiltInParser, isKeeper} from './parsers';
import {CachedContext, DependencyContext} from './DependencyContext';
import {createSignalTask} from './SignalTask';
import {changed, marks, noteSlots, turn, values} from './slots';
import {FRESH, STALE} from './state';
import {DEFAULT} from './symbols';
import type {SignalExtensions, SignalGenerator, SignalGetter, SignalSetter, SignalTween, SignalValue} from './types';
import {isReactive} from './utils';

/** A signal: call it to read, with a value to set, with a value and seconds to tween. */
export type Signal<
  TSetterValue,
  TValue extends TSetterValue,
  TOwner = void,
  TContext = SignalContext<TSetterValue, TValue, TOwner>,
> = SignalSetter<TSetterValue, TOwner> &
  SignalGetter<TValue> &
  SignalTween<TSetterValue, TValue> & {
    /** Puts back the initial value, if there is one. */
    reset(): TOwner;
    /** Replaces a reactive value by its present result. */
    save(): TOwner;
    /** Whether the raw value is still the initial one. */
    isInitial(): boolean;
    /** Resolves once every resource the value depends on has loaded. */
    toPromise(): Promise<unknown>;
    context: TContext;
  };

export type SimpleSignal<TValue, TReturn = void> = Signal<TValue, TValue, TReturn>;

type AnyContext = SignalContext<any, any, any>;

/** Makes a value when it is asked for: the same one until it is told otherwise. */
export interface ValueMaker<TValue> {
  make(): TValue;
}

/** Prototype of all signals. */
const signalMethods = Object.setPrototypeOf(
  {
    reset(this: {context: AnyContext}) {
      return this.context.reset();
    },
    save(this: {context: AnyContext}) {
      return this.context.save();
    },
    isInitial(this: {context: AnyContext}) {
      return this.context.isInitial();
    },
    toPromise(this: {context: AnyContext}) {
      return this.context.toPromise();
    },
  },
  Function.prototype,
) as object;

/** Holds a signal's value, its parser and its interpolation. */
export class SignalContext<
  TSetterValue,
  TValue extends TSetterValue = TSetterValue,
  TOwner = void,
> extends CachedContext<TValue, TOwner> {
  /** The value as it was set: parsed unless reactive. */
  protected current: SignalValue<TSetterValue> | undefined;
  /** Where the host reads the value, as long as it is a number; −1 for nowhere. */
  declare public $$slot: number;
  /** The first of the slots that the host reads together. */
  declare public $$firstSlot: number;
  /** What makes the value once it is read. */
  declare private $$maker: ValueMaker<TValue> | null;
  declare private tweening: boolean;
  declare private invokable: any;

  static {
    this.prototype.$$slot = -1;
    this.prototype.$$maker = null;
    this.prototype.tweening = false;
    this.prototype.invokable = null;
  }

  public constructor(
    protected initial: SignalValue<TSetterValue> | undefined,
    protected readonly interpolation: InterpolationFunction<TValue> = deepLerp as never,
    owner: TOwner = undefined as TOwner,
    protected parser: ((value: TSetterValue) => TValue) | null = null,
    public readonly extensions: Partial<SignalExtensions<TSetterValue, TValue>> | null = null,
  ) {
    super(owner);
    this.current = initial;
    if (typeof initial === 'function') return;
    this.$$state = FRESH;
    if (initial !== undefined) this.last = this.parse(initial as TSetterValue);
  }

  /** The callable that users hold; always the same one. */
  public toSignal(): Signal<TSetterValue, TValue, TOwner> {
    if (this.invokable !== null) return this.invokable;
    const isPlain = this.invoke === SignalContext.prototype.invoke;
    const signal: any = (
      value?: SignalValue<TSetterValue> | typeof DEFAULT,
      duration?: number,
      timing?: TimingFunction,
      interpolation?: InterpolationFunction<TValue>,
    ) => {
      if (!isPlain) return this.invoke(value, duration, timing, interpolation);
      if (value === undefined) return this.get();
      if (duration === undefined) return this.set(value);
      return this.$$createTask(value, duration, timing, interpolation);
    };
    Object.setPrototypeOf(signal, signalMethods);
    signal.context = this;
    this.invokable = signal;
    return signal;
  }

  /** What a call of the signal does. */
  protected invoke(
    value?: SignalValue<TSetterValue> | typeof DEFAULT,
    duration?: number,
    timing?: TimingFunction,
    interpolation?: InterpolationFunction<TValue>,
  ): TValue | TOwner | SignalGenerator<TSetterValue, TValue> {
    if (value === undefined) return this.get();
    if (duration === undefined) return this.set(value);
    return this.$$createTask(value, duration, timing, interpolation);
  }

  /** Converts a set value to what reading yields. */
  public parse(value: TSetterValue): TValue {
    return this.parser === null ? (value as TValue) : this.parser(value);
  }

  /** Reads the value, through the extensions. */
  public get(): TValue {
    const {extensions} = this;
    return extensions !== null && extensions.getter ? extensions.getter() : this.getter();
  }

  /** Sets the value, through the extensions. */
  public set(value: SignalValue<TSetterValue> | typeof DEFAULT): TOwner {
    const {extensions} = this;
    if (extensions !== null && extensions.setter) extensions.setter(value);
    else this.setter(value);
    return this.owner;
  }

  /** Sets the value as such. Setting the identical raw value does nothing. */
  public setter(value: SignalValue<TSetterValue> | typeof DEFAULT): TOwner {
    if (value === DEFAULT) value = this.initial!;
    const former = this.current;
    if (value === former) return this.owner;
    if (typeof value === 'function') {
      this.current = value as () => TSetterValue;
      this.$$state = STALE;
    } else {
      this.last = this.parse(value as TSetterValue);
      this.current = value as TSetterValue;
    }
    if (typeof former === 'function' || this.$$maker !== null) {
      this.$$maker = null;
      this.$$state = typeof value === 'function' ? STALE : FRESH;
      this.clearDependencies();
    }
    this.$$announce();
    return this.owner;
  }

  /** Tells that another value has been set: to the host by its slot, if it has one. */
  private $$announce(): void {
    const {$$slot: slot, last} = this;
    if (slot < 0 || typeof last !== 'number' || this.$$state !== FRESH) {
      this.$$notify();
      return;
    }
    values[slot] = last;
    noteSlots(this.$$firstSlot);
    this.$$notifyReaders();
  }

  /** Whether setting a value calls nothing of the user's. */
  public $$isSetPlainly(): boolean {
    return !this.extensions?.setter && (this.parser === null || isBuiltInParser(this.parser));
  }

  /** Whether reading a value calls nothing of the user's but the function of a reactive one. */
  public $$isReadPlainly(): boolean {
    return !this.extensions?.getter;
  }

  /** Whether {@link last} is the value. */
  public $$isFresh(): boolean {
    return this.$$state === FRESH;
  }

  /** What parses the values that are set; null if they are stored as they are. */
  public $$ownParser(): ((value: TSetterValue) => TValue) | null {
    return this.parser;
  }

  /** Whether values are stored as they are set. */
  public $$isUnparsed(): boolean {
    return this.parser === null;
  }

  /** Whether a value that has been read can be set without calling anything of the user's. */
  public $$isKeptPlainly(): boolean {
    return !this.extensions?.setter && (this.parser === null || isKeeper(this.parser));
  }

  /** The contexts of the components, of a compound signal. */
  public $$componentContexts(): [key: PropertyKey, context: SignalContext<any, any, any>][] | null {
    return null;
  }

  /**
   * Sets a number that was parsed to `value`, if nobody but the host is told of it, so that none of the
   * user's code can run. Returns whether it did.
   */
  public $$putQuietly(raw: TValue, value: TValue): boolean {
    const {current, $$slot: slot} = this;
    if (this.$$first !== null || slot < 0) return false;
    if (raw === current) return true;
    // A number is neither reactive nor made when it is read.
    if (typeof current !== 'number') return false;
    this.last = value;
    this.current = raw;
    // As `noteSlots`, without a call: films have many tweens.
    values[slot] = value as number;
    const {$$firstSlot: firstSlot} = this;
    if (marks[firstSlot] !== turn) {
      marks[firstSlot] = turn;
      const count = changed[0] + 1;
      changed[0] = count;
      changed[count] = firstSlot;
    }
    return true;
  }

  /** Sets a value that the host knows and that is made if it is read, if nobody is told of it. Returns whether it did. */
  public $$putMakerQuietly(maker: ValueMaker<TValue>): boolean {
    if (this.$$first !== null || typeof this.current === 'function') return false;
    this.$$maker = maker;
    // A value that no user has set.
    this.current = maker as never;
    this.$$state = STALE;
    return true;
  }

  /** Reads the value as such. An error in a reactive value is logged and the former value kept. */
  public getter(): TValue {
    if (this.$$state !== FRESH) {
      if (this.$$maker === null) return this.$$readFrom(this.$$computation());
      this.$$make();
    }
    this.collect();
    return this.last as TValue;
  }

  /** The task that tweens as such. */
  public *tweener(
    value: SignalValue<TSetterValue> | typeof DEFAULT,
    duration: number,
    timingFunction: TimingFunction,
    interpolationFunction: InterpolationFunction<TValue>,
  ): ThreadGenerator {
    const target = this.$$target(value);
    const from = this.get();
    if (isReactive(target)) {
      yield* tween(duration, progress => {
        this.set(interpolationFunction(from, this.parse(target()), timingFunction(progress)));
      });
    } else {
      const to = this.parse(target);
      yield* tween(duration, progress => {
        this.set(interpolationFunction(from, to, timingFunction(progress)));
      });
    }
    this.set(target);
  }

  /** A chainable tween task. */
  public $$createTask(
    value: SignalValue<TSetterValue> | typeof DEFAULT,
    duration: number,
    timingFunction: TimingFunction = easeInOutCubic,
    interpolationFunction: InterpolationFunction<TValue> = this.interpolation,
  ): SignalGenerator<TSetterValue, TValue> {
    return createSignalTask(this as never, this.get()).to(
      value,
      duration,
      timingFunction,
      interpolationFunction,
    ) as SignalGenerator<TSetterValue, TValue>;
  }

  /** The task of a tweener other than this class's own; null if there is none. */
  public $$customTween(
    value: SignalValue<TSetterValue> | typeof DEFAULT,
    duration: number,
    timingFunction: TimingFunction,
    interpolationFunction: InterpolationFunction<TValue>,
  ): ThreadGenerator | null {
    const tweener = this.extensions?.tweener;
    if (tweener) return tweener(this.$$target(value), duration, timingFunction, interpolationFunction);
    if (this.tweener === SignalContext.prototype.tweener) return null;
    return this.tweener(value, duration, timingFunction, interpolationFunction);
  }

  /** What a tween to `value` ends with. */
  public $$target(value: SignalValue<TSetterValue> | typeof DEFAULT): SignalValue<TSetterValue> {
    return value === DEFAULT ? (this.initial as SignalValue<TSetterValue>) : value;
  }

  public $$beginTween(): void {
    this.tweening = true;
  }

  public $$endTween(): void {
    this.tweening = false;
  }

  public reset(): TOwner {
    if (this.initial !== undefined) this.set(this.initial);
    return this.owner;
  }

  public save(): TOwner {
    return this.set(this.get());
  }

  public isInitial(): boolean {
    this.collect();
    return this.current === this.initial;
  }

  public getInitial(): SignalValue<TSetterValue> | undefined {
    return this.initial;
  }

  /** The value as it was set: the function itself for a reactive value. */
  public raw(): SignalValue<TSetterValue> | undefined {
    if (this.$$maker !== null) this.$$make();
    return this.current;
  }

  public isTweening(): boolean {
    return this.tweening;
  }

  public async toPromise(): Promise<this> {
    this.get();
    while (DependencyContext.hasPromises()) {
      await DependencyContext.consumePromises();
      this.get();
    }
    return this.invokable ?? this;
  }

  public override markDirty(): void {
    // What a promise tells may come too late.
    if (typeof this.current === 'function') super.markDirty();
  }

  public override dispose(): void {
    super.dispose();
    this.initial = undefined;
    this.current = undefined;
    this.last = undefined;
    this.$$maker = null;
    this.$$state = FRESH;
  }

  /** Makes the value that was put there to be made. */
  private $$make(): void {
    this.current = this.last = this.$$maker!.make();
    this.$$maker = null;
    this.$$state = FRESH;
  }

  /** What computes a reactive value. */
  private $$computation(): () => TValue {
    const compute = this.current as () => TSetterValue;
    if (this.parser === null) return compute as () => TValue;
    return () => {
      const value = compute();
      try {
        return this.parse(value);
      } catch (error) {
        throw placed(error, compute);
      }
    };
  }
}

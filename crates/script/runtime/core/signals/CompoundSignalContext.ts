import {map} from '../tweening/interpolationFunctions';
import type {InterpolationFunction} from '../tweening/types';
import type {DEFAULT as DefaultSymbol} from './symbols';
import {DEFAULT} from './symbols';
import {SignalContext} from './SignalContext';
import type {Signal} from './SignalContext';
import type {SignalExtensions, SignalValue} from './types';
import {isReactive, unwrap} from './utils';

/** A signal whose components are signals of their own. */
export type CompoundSignal<
  TSetterValue,
  TValue extends TSetterValue,
  TKeys extends keyof TValue = keyof TValue,
  TOwner = void,
  TContext = CompoundSignalContext<TSetterValue, TValue, TKeys, TOwner>,
> = Signal<TSetterValue, TValue, TOwner, TContext> & {
  [K in TKeys]: Signal<TValue[K], TValue[K], TOwner extends void ? any : TOwner>;
};

/** Composes a value of component signals; the components hold the state. */
export class CompoundSignalContext<
  TSetterValue,
  TValue extends TSetterValue = TSetterValue,
  TKeys extends keyof TValue = keyof TValue,
  TOwner = void,
> extends SignalContext<TSetterValue, TValue, TOwner> {
  /** The components, by key. */
  public readonly signals: [TKeys, Signal<any, any, any>][] = [];

  public constructor(
    entries: (TKeys | [TKeys, Signal<any, any, any>])[],
    parser: (value: TSetterValue) => TValue,
    initial: SignalValue<TSetterValue> | undefined,
    interpolation: InterpolationFunction<TValue>,
    owner: TOwner = undefined as TOwner,
    extensions: Partial<SignalExtensions<TSetterValue, TValue>> | null = null,
  ) {
    super(undefined, interpolation, owner, parser, extensions);
    this.initial = initial;
    this.current = initial;
    // Nothing at all is parsed too: a vector without a value is zero.
    const parsed: TValue | null = isReactive(initial) ? null : parser(initial as TSetterValue);
    const componentOwner = owner ?? this.toSignal();
    for (const entry of entries) {
      if (Array.isArray(entry)) {
        this.signals.push(entry);
        continue;
      }
      const key = entry;
      const start = parsed === null ? () => parser((initial as () => TSetterValue)())[key] : parsed![key];
      const context = new SignalContext<any, any, any>(start, map as never, componentOwner as any);
      this.signals.push([key, context.toSignal()]);
    }
  }

  public override toSignal(): CompoundSignal<TSetterValue, TValue, TKeys, TOwner> {
    const signal: any = super.toSignal();
    for (const [key, component] of this.signals) {
      // Functions have properties of their own, such as `name`, that an assignment would not replace.
      if (!(key in signal)) signal[key] = component;
      else if (signal[key] !== component) Object.defineProperty(signal, key, {value: component, configurable: true});
    }
    return signal;
  }

  public override getter(): TValue {
    const parts: any = {};
    const {signals} = this;
    for (let index = 0; index < signals.length; index++) {
      const entry = signals[index];
      parts[entry[0]] = entry[1].context.get();
    }
    return this.parse(parts);
  }

  public override setter(value: SignalValue<TSetterValue> | typeof DefaultSymbol): TOwner {
    if (value === DEFAULT) value = this.initial!;
    const {signals} = this;
    if (isReactive(value)) {
      const compute = value as () => TSetterValue;
      for (const [key, component] of signals) component(() => this.parse(compute())[key]);
    } else {
      const parsed = this.parse(value as TSetterValue);
      for (let index = 0; index < signals.length; index++) {
        const entry = signals[index];
        entry[1].context.set(parsed[entry[0]]);
      }
    }
    return this.owner;
  }

  public override reset(): TOwner {
    for (const [, component] of this.signals) component.reset();
    return this.owner;
  }

  public override save(): TOwner {
    for (const [, component] of this.signals) component.save();
    return this.owner;
  }

  public override isInitial(): boolean {
    for (const [, component] of this.signals) {
      if (!component.isInitial()) return false;
    }
    return true;
  }

  public override $$componentContexts(): [key: PropertyKey, context: SignalContext<any, any, any>][] {
    return this.signals.map(([key, component]) => [key, component.context]);
  }

  /** A value made of the components' raw values; a function if one of them is reactive. */
  public override raw(): SignalValue<TSetterValue> | undefined {
    const raws = this.signals.map(([key, component]) => [key, component.context.raw()] as const);
    const compose = () => this.parse(Object.fromEntries(raws.map(([key, raw]) => [key, unwrap(raw)])) as never);
    return raws.some(([, raw]) => isReactive(raw)) ? compose : compose();
  }

  public override dispose(): void {
    super.dispose();
    for (const [, component] of this.signals) component.context.dispose();
  }
}

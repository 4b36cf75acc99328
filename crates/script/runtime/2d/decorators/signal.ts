import type {InterpolationFunction} from '@revideo/core';
import {CompoundSignalContext, SignalContext, deepLerp, map} from '@revideo/core';
import {declareKeeper, isKeeper} from '../../core/signals/parsers';
import {watchProperty} from '../native/stageItem';
import {isBuiltInParser} from './builtInParser';
import {getPropertyMetaOrCreate} from './metadata';
import type {PropertyMetadata} from './metadata';
import {propertyTable} from './property';
import type {Hooks, Property} from './property';

/**
 * Turns a property into a signal owned by its node.
 *
 * The signal object is made on the first access, or by a constructor prop: a node pays only for
 * the properties it uses. Methods named `getX`, `setX`, `tweenX` and `getDefaultX` (`x` the
 * property, capitalised) replace reading, writing, tweening and the default.
 */
export function signal<T>(): PropertyDecorator {
  return (target: any, key) => {
    getPropertyMetaOrCreate<T>(target, key);
    Object.defineProperty(target, key, {
      configurable: true,
      enumerable: false,
      get(this: any) {
        // Reading through the prototype itself finds no signal.
        if (Object.prototype.hasOwnProperty.call(this, 'constructor')) return undefined;
        return materialise(this, key as string);
      },
      set(this: any, value: unknown) {
        define(this, key as string, value);
      },
    });
  };
}

/** Makes the signal of a property that has none yet. */
function materialise(instance: any, key: string): unknown {
  const property = propertyTable(Object.getPrototypeOf(instance)).properties.get(key)!;
  const created = property.meta.create
    ? property.meta.create(instance, property.meta)
    : property.components.length > 0
      ? createCompound(instance, property)
      : createSimple(instance, property);
  property.meta.extend?.(instance, created);
  define(instance, key, created);
  watchProperty(instance, key);
  return created;
}

/** Whether an instance has made the signal of a property. */
export function isMaterialised(instance: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(instance, key);
}

function define(instance: any, key: string, value: unknown): void {
  Object.defineProperty(instance, key, {value, configurable: true, enumerable: true, writable: true});
}

function createSimple(instance: any, property: Property): unknown {
  const {meta, hooks} = property;
  return new SignalContext<any, any, any>(
    initialOf(instance, hooks, meta.default),
    meta.interpolationFunction ?? (deepLerp as InterpolationFunction<any>),
    instance,
    meta.parser ? bound(meta.parser, instance) : null,
    extensionsOf(instance, hooks),
  ).toSignal();
}

function createCompound(instance: any, property: Property): unknown {
  const {meta, hooks} = property;
  const parser = bound(meta.parser!, instance);
  const initial = initialOf(instance, hooks, meta.default);
  const parsed = typeof initial === 'function' ? null : parser(initial);
  const entries = property.components.map(component => {
    const part =
      parsed === null ? () => (parser((initial as () => unknown)()) as any)[component.key] : (parsed as any)[component.key];
    const context = new SignalContext<any, any, any>(
      initialOf(instance, component.hooks, part),
      meta.componentInterpolation ?? (map as InterpolationFunction<any>),
      instance,
      null,
      extensionsOf(instance, component.hooks),
    );
    return [component.key, context.toSignal()] as [string, any];
  });
  return new CompoundSignalContext<any, any, any, any>(
    entries,
    parser as any,
    initial as any,
    meta.interpolationFunction ?? (deepLerp as InterpolationFunction<any>),
    instance,
    extensionsOf(instance, hooks),
  ).toSignal();
}

/** A parser with its `this`, where it needs one. */
function bound(parser: (this: any, value: any) => any, instance: any): (value: any) => any {
  return isBuiltInParser(parser) || isKeeper(parser) ? parser : parser.bind(instance);
}

function initialOf(instance: any, hooks: Hooks, fallback: unknown): unknown {
  return hooks.initial ? hooks.initial.bind(instance) : fallback;
}

function extensionsOf(instance: any, hooks: Hooks): any {
  const {getter, setter, tweener} = hooks;
  if (!getter && !setter && !tweener) return null;
  const extensions: Record<string, unknown> = {};
  if (getter) extensions.getter = getter.bind(instance);
  if (setter) extensions.setter = setter.bind(instance);
  if (tweener) extensions.tweener = tweener.bind(instance);
  return extensions;
}

/** Sets the default value of a property. */
export function initial<T>(value: T): PropertyDecorator {
  return (target, key) => {
    getPropertyMetaOrCreate<T>(target, key).default = value;
  };
}

/** Sets how a property's values blend in tweens. */
export function interpolation<T>(value: InterpolationFunction<T>): PropertyDecorator {
  return (target, key) => {
    getPropertyMetaOrCreate<T>(target, key).interpolationFunction = value;
  };
}

/** Sets how values assigned to a property are converted; `this` is the node. */
export function parser<T>(value: (this: any, raw: any) => T): PropertyDecorator {
  return (target, key) => {
    getPropertyMetaOrCreate<T>(target, key).parser = value;
  };
}

/** Parses with `new Type(value)` and, if the type has a static `lerp`, tweens with it. */
export function wrapper<T>(
  Type: (new (value: any) => T) & {lerp?: InterpolationFunction<any>},
): PropertyDecorator {
  return (target, key) => {
    const meta = getPropertyMetaOrCreate<T>(target, key);
    const parse = (value: unknown) => new Type(value);
    meta.parser = isKeeper(Type) ? declareKeeper(parse) : parse;
    if (Type.lerp) meta.interpolationFunction ??= Type.lerp;
  };
}

/** Whether `clone`, `save` and `restore` take a property along. */
export function cloneable(value = true): PropertyDecorator {
  return (target, key) => {
    getPropertyMetaOrCreate(target, key).cloneable = value;
  };
}

/** Whether an editor shows a property. */
export function inspectable(value = true): PropertyDecorator {
  return (target, key) => {
    getPropertyMetaOrCreate(target, key).inspectable = value;
  };
}

/** A property made of components, each a signal with a prop of its own. Needs a parser or wrapper. */
export function compound(entries: Record<string, string>): PropertyDecorator {
  return (target: any, key) => {
    const meta = getPropertyMetaOrCreate(target, key);
    meta.compoundEntries = Object.entries(entries);
    for (const [component, prop] of meta.compoundEntries) {
      if (prop === key || prop in target) continue;
      Object.defineProperty(target, prop, {
        configurable: true,
        get(this: any) {
          return this[key][component];
        },
      });
    }
  };
}

/** The interpolation of a compound property's components. */
export function componentInterpolation(value: InterpolationFunction<any>): PropertyDecorator {
  return (target, key) => {
    getPropertyMetaOrCreate(target, key).componentInterpolation = value;
  };
}

export type {PropertyMetadata};

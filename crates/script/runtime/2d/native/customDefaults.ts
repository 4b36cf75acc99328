import {propertyTable} from '../decorators/property';
import type {Property} from '../decorators/property';
import {nearestOwnPrototype} from './nodeKind';

const found = new WeakMap<object, ReadonlySet<string>>();

/**
 * The stage properties whose default in a user's class is not that of our class it extends
 * (another `@initial`, or a `getX` or `getDefaultX` method): the stage must be told them.
 */
export function customDefaults(prototype: object): ReadonlySet<string> {
  let keys = found.get(prototype);
  if (keys === undefined) {
    keys = compare(prototype);
    found.set(prototype, keys);
  }
  return keys;
}

function compare(prototype: any): Set<string> {
  const keys = new Set<string>();
  const base = nearestOwnPrototype(prototype);
  if (base === null || base === prototype) return keys;
  const own = propertyTable(base).properties;
  for (const [key, property] of propertyTable(prototype).properties) {
    if (!Object.hasOwn(prototype.$$stageProperties, key)) continue;
    const before = own.get(key);
    if (before === undefined || differs(property, before)) keys.add(key);
  }
  return keys;
}

function differs(a: Property, b: Property): boolean {
  if (a.meta.default !== b.meta.default || a.hooks.getter !== b.hooks.getter || a.hooks.initial !== b.hooks.initial) {
    return true;
  }
  return a.components.some((component, index) => {
    const other = b.components[index]?.hooks;
    return component.hooks.getter !== other?.getter || component.hooks.initial !== other?.initial;
  });
}

import type {Reference} from './createRef';

/** A reference that collects every node it is given; also an array of them. */
export type ReferenceArray<T> = T[] & Reference<T>;

export function createRefArray<T>(): ReferenceArray<T> {
  const items: T[] = [];
  return new Proxy((() => undefined) as never as ReferenceArray<T>, {
    apply(_target, _self, args: T[]) {
      if (args.length === 0) return items[0];
      items.push(...args);
      return undefined;
    },
    get(_target, property) {
      const value = Reflect.get(items, property);
      return typeof value === 'function' ? value.bind(items) : value;
    },
    set(_target, property, value) {
      return Reflect.set(items, property, value);
    },
    has(_target, property) {
      return Reflect.has(items, property);
    },
  });
}

import {createRef} from './createRef';
import type {Reference} from './createRef';

/** References by name, made when they are first mentioned. */
export type ReferenceMap<T> = Map<string, Reference<T>> &
  Record<string, Reference<T>> & {
    /** Maps the nodes the references hold. */
    mapRefs<TValue>(callback: (value: T, index: number) => TValue): TValue[];
  };

export function createRefMap<T>(): ReferenceMap<T> {
  const references = new Map<string, Reference<T>>();
  const mapRefs = <TValue>(callback: (value: T, index: number) => TValue): TValue[] =>
    [...references.values()].map((reference, index) => callback(reference(), index));
  return new Proxy(references as never as ReferenceMap<T>, {
    get(_target, property) {
      if (property === 'mapRefs') return mapRefs;
      if (typeof property === 'symbol' || property in Map.prototype) {
        const value = Reflect.get(references, property, references);
        return typeof value === 'function' ? value.bind(references) : value;
      }
      let reference = references.get(property);
      if (reference === undefined) {
        reference = createRef<T>();
        references.set(property, reference);
      }
      return reference;
    },
    has(_target, property) {
      return property === 'mapRefs' || property in Map.prototype || references.has(property as string);
    },
  });
}

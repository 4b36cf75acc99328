/** Holds a node: call it to get the node; nodes store themselves through the `ref` property. */
export interface ReferenceReceiver<T> {
  (reference: T): void;
}

export interface Reference<T> extends ReferenceReceiver<T> {
  (): T;
}

/** An empty reference. */
export function createRef<T>(): Reference<T> {
  let value: T | undefined;
  return ((next?: T) => {
    if (next !== undefined) {
      value = next;
      return undefined;
    }
    return value;
  }) as Reference<T>;
}

/** A reference that writes to `object[key]`. */
export function makeRef<TObject, TKey extends keyof TObject>(
  object: TObject,
  key: TKey,
): ReferenceReceiver<TObject[TKey]> {
  return next => {
    object[key] = next;
  };
}

/** The object type of the references a function takes under `refs`. */
export type RefsProperty<TValue> = TValue extends (config: {refs?: infer TReference}) => void ? TReference : never;

/** An object to be filled with references. */
export function makeRefs<T extends (config: {refs?: any}) => void>(): RefsProperty<T> {
  return {} as RefsProperty<T>;
}

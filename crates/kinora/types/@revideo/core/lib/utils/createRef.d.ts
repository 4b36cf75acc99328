/** Holds a node: call it to get the node; nodes store themselves through the `ref` property. */
export interface ReferenceReceiver<T> {
    (reference: T): void;
}
export interface Reference<T> extends ReferenceReceiver<T> {
    (): T;
}
/** An empty reference. */
export declare function createRef<T>(): Reference<T>;
/** A reference that writes to `object[key]`. */
export declare function makeRef<TObject, TKey extends keyof TObject>(object: TObject, key: TKey): ReferenceReceiver<TObject[TKey]>;
/** The object type of the references a function takes under `refs`. */
export type RefsProperty<TValue> = TValue extends (config: {
    refs?: infer TReference;
}) => void ? TReference : never;
/** An object to be filled with references. */
export declare function makeRefs<T extends (config: {
    refs?: any;
}) => void>(): RefsProperty<T>;

import type { Reference } from './createRef';
/** References by name, made when they are first mentioned. */
export type ReferenceMap<T> = Map<string, Reference<T>> & Record<string, Reference<T>> & {
    /** Maps the nodes the references hold. */
    mapRefs<TValue>(callback: (value: T, index: number) => TValue): TValue[];
};
export declare function createRefMap<T>(): ReferenceMap<T>;

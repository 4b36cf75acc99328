import type { Reference } from './createRef';
/** A reference that collects every node it is given; also an array of them. */
export type ReferenceArray<T> = T[] & Reference<T>;
export declare function createRefArray<T>(): ReferenceArray<T>;

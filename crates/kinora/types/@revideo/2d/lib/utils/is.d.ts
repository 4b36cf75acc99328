/** A predicate that tells whether a value is an instance of `type`. */
export declare function is<T>(type: abstract new (...args: any[]) => T): (value: unknown) => value is T;

/** The text with its first letter in upper case. */
export declare function capitalize<T extends string>(value: T): Capitalize<T>;

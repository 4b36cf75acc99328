/** A property whose value is computed at the first reading, once per class. */
export declare function lazy(factory: () => unknown): PropertyDecorator;

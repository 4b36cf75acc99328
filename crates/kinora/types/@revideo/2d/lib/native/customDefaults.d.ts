/**
 * The stage properties whose default in a user's class is not that of our class it extends
 * (another `@initial`, or a `getX` or `getDefaultX` method): the stage must be told them.
 */
export declare function customDefaults(prototype: object, table: string): ReadonlySet<string>;

/**
 * A vector property. Its components are set by the props `x` and `y`, by `prefixX` and `prefixY`,
 * or by the names in a map.
 */
export declare function vector2Signal(prefix?: string | Record<string, string>): PropertyDecorator;
/** A vector property without props for its components. */
export declare function pointSignal(): PropertyDecorator;

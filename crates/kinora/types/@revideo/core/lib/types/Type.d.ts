/** A value type that knows its own kind. */
export interface Type {
    toSymbol(): symbol;
}
/** What can be handed to a shader as a uniform. */
export interface WebGLConvertible {
    toUniform(gl: any, location: any): void;
}
/** Whether a value is of one of this library's value types. */
export declare function isType(value: any): value is Type;
/** Tolerance of approximate comparisons. */
export declare const EPSILON = 0.000001;
/** Shaders are not run by this renderer. */
export declare function noUniform(): never;

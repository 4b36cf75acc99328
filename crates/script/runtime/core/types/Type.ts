/** A value type that knows its own kind. */
export interface Type {
  toSymbol(): symbol;
}

/** What can be handed to a shader as a uniform. */
export interface WebGLConvertible {
  toUniform(gl: any, location: any): void;
}

/** Whether a value is of one of this library's value types. */
export function isType(value: any): value is Type {
  return value !== null && typeof value === 'object' && 'toSymbol' in value;
}

/** Tolerance of approximate comparisons. */
export const EPSILON = 0.000001;

/** Shaders are not run by this renderer. */
export function noUniform(): never {
  throw new Error('shader uniforms are not available: this renderer has no WebGL');
}

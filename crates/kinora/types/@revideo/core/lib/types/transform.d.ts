import type { PossibleMatrix2D } from './Matrix2D';
import { Vector2 } from './Vector';
import type { PossibleVector2 } from './Vector';
/** Transforms a point. */
export declare function transformVectorAsPoint(vector: Vector2, matrix: PossibleMatrix2D): Vector2;
/** Transforms a direction: translation does not count. */
export declare function transformVector(vector: Vector2, matrix: PossibleMatrix2D): Vector2;
/** Rotates a point around `center` by degrees; in the single precision of {@link Matrix2D}. */
export declare function rotateVector(vector: Vector2, angle: number, center?: PossibleVector2): Vector2;
/** An angle in degrees as it appears after a transform. */
export declare function transformAngle(angle: number, matrix: PossibleMatrix2D): number;
/** A length along x as it appears after a transform. */
export declare function transformScalar(scalar: number, matrix: PossibleMatrix2D): number;

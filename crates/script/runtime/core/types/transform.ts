import type {AffineInit} from './Affine';
import {Matrix2D} from './Matrix2D';
import type {PossibleMatrix2D} from './Matrix2D';
import {Vector2} from './Vector';
import type {PossibleVector2} from './Vector';

/** Transforms a point. */
export function transformVectorAsPoint(vector: Vector2, matrix: PossibleMatrix2D): Vector2 {
  const m = toAffine(matrix);
  return new Vector2(vector.x * m.a + vector.y * m.c + m.e, vector.x * m.b + vector.y * m.d + m.f);
}

/** Transforms a direction: translation does not count. */
export function transformVector(vector: Vector2, matrix: PossibleMatrix2D): Vector2 {
  const m = toAffine(matrix);
  return new Vector2(vector.x * m.a + vector.y * m.c, vector.x * m.b + vector.y * m.d);
}

/** Rotates a point around `center` by degrees; in the single precision of {@link Matrix2D}. */
export function rotateVector(vector: Vector2, angle: number, center: PossibleVector2 = Vector2.zero): Vector2 {
  const origin = new Vector2(center);
  return transformVectorAsPoint(
    vector,
    Matrix2D.fromTranslation(origin).rotate(angle).translate(origin.flipped).domMatrix,
  );
}

/** An angle in degrees as it appears after a transform. */
export function transformAngle(angle: number, matrix: PossibleMatrix2D): number {
  return transformVector(Vector2.fromDegrees(angle), matrix).degrees;
}

/** A length along x as it appears after a transform. */
export function transformScalar(scalar: number, matrix: PossibleMatrix2D): number {
  const m = toAffine(matrix);
  return Vector2.magnitude(m.a, m.b) * scalar;
}

function toAffine(matrix: PossibleMatrix2D): AffineInit {
  if (matrix !== null && typeof matrix === 'object' && 'a' in matrix) return matrix;
  return new Matrix2D(matrix).domMatrix;
}

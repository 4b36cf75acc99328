import {Affine} from './Affine';
import type {AffineInit} from './Affine';
import {DEG2RAD} from './angles';
import {EPSILON, noUniform} from './Type';
import type {Type} from './Type';
import {Vector2} from './Vector';
import type {PossibleVector2} from './Vector';

export type PossibleMatrix2D =
  | Matrix2D
  | AffineInit
  | [number, number, number, number, number, number]
  | [PossibleVector2, PossibleVector2, PossibleVector2]
  | undefined;

/** A planar transform of six single-precision numbers [a b c d tx ty], as the reference stores it. */
export class Matrix2D implements Type {
  public static readonly symbol: unique symbol = Symbol.for('@revideo/core/types/Matrix2D');

  public static readonly identity: Matrix2D = new Matrix2D(1, 0, 0, 1, 0, 0);
  public static readonly zero: Matrix2D = new Matrix2D(0, 0, 0, 0, 0, 0);

  public static fromRotation(degrees: number): Matrix2D {
    return Matrix2D.identity.rotate(degrees);
  }

  public static fromTranslation(translation: PossibleVector2): Matrix2D {
    return Matrix2D.identity.translate(new Vector2(translation));
  }

  public static fromScaling(scale: PossibleVector2): Matrix2D {
    return Matrix2D.identity.scale(new Vector2(scale));
  }

  public readonly values: Float32Array = new Float32Array(6);

  public constructor();
  public constructor(matrix: PossibleMatrix2D);
  public constructor(x: PossibleVector2, y: PossibleVector2, z: PossibleVector2);
  public constructor(a: number, b: number, c: number, d: number, tx: number, ty: number);
  public constructor(a?: any, b?: any, c?: any, d?: any, tx?: any, ty?: any) {
    if (arguments.length === 0) {
      this.values = new Float32Array([1, 0, 0, 1, 0, 0]);
    } else if (arguments.length === 6) {
      this.values = new Float32Array([a, b, c, d, tx, ty]);
    } else if (a instanceof Matrix2D) {
      // Shared on purpose: observed behaviour of the reference.
      this.values = a.values;
    } else if (isAffine(a)) {
      this.values = new Float32Array([a.a, a.b, a.c, a.d, a.e, a.f]);
    } else if (Array.isArray(a) && a.length === 6) {
      this.values = new Float32Array(a);
    } else {
      const [one, two, three] = Array.isArray(a) && a.length === 3 && b === undefined ? a : [a, b, c];
      const x = new Vector2(one);
      const y = new Vector2(two);
      const z = new Vector2(three);
      this.values = new Float32Array([x.x, x.y, y.x, y.y, z.x, z.y]);
    }
  }

  /** The first column. */
  public get x(): Vector2 {
    return new Vector2(this.values[0], this.values[1]);
  }

  /** The second column. */
  public get y(): Vector2 {
    return new Vector2(this.values[2], this.values[3]);
  }

  public get scaleX(): number {
    return this.values[0];
  }
  public set scaleX(value: number) {
    this.values[0] = this.x.normalized.scale(value).x;
  }

  public get skewX(): number {
    return this.values[1];
  }
  public set skewX(value: number) {
    this.values[1] = value;
  }

  public get scaleY(): number {
    return this.values[3];
  }
  public set scaleY(value: number) {
    this.values[3] = this.y.normalized.scale(value).y;
  }

  public get skewY(): number {
    return this.values[2];
  }
  public set skewY(value: number) {
    this.values[2] = value;
  }

  public get translateX(): number {
    return this.values[4];
  }
  public set translateX(value: number) {
    this.values[4] = value;
  }

  public get translateY(): number {
    return this.values[5];
  }
  public set translateY(value: number) {
    this.values[5] = value;
  }

  /** Degrees. */
  public get rotation(): number {
    return Vector2.degrees(this.values[0], this.values[1]);
  }
  public set rotation(degrees: number) {
    const result = this.rotate(degrees - this.rotation);
    this.values.set(result.values);
  }

  public get translation(): Vector2 {
    return new Vector2(this.values[4], this.values[5]);
  }
  public set translation(value: PossibleVector2) {
    const vector = new Vector2(value);
    this.values[4] = vector.x;
    this.values[5] = vector.y;
  }

  public get scaling(): Vector2 {
    return new Vector2(this.values[0], this.values[3]);
  }
  public set scaling(value: PossibleVector2) {
    const scale = new Vector2(value);
    // Component by component: observed behaviour of the reference.
    const x = this.x.normalized.mul(scale);
    const y = this.y.normalized.mul(scale);
    this.values[0] = x.x;
    this.values[1] = x.y;
    this.values[2] = y.x;
    this.values[3] = y.y;
  }

  public get inverse(): Matrix2D | null {
    const [a, b, c, d, tx, ty] = this.values;
    let determinant = a * d - b * c;
    if (!determinant) return null;
    determinant = 1 / determinant;
    return new Matrix2D(
      d * determinant,
      -b * determinant,
      -c * determinant,
      a * determinant,
      (c * ty - d * tx) * determinant,
      (b * tx - a * ty) * determinant,
    );
  }

  public get determinant(): number {
    const {values} = this;
    return values[0] * values[3] - values[1] * values[2];
  }

  /** The same transform with the methods of a `DOMMatrix`. */
  public get domMatrix(): Affine {
    return new Affine(this.values);
  }

  public column(index: number): Vector2 {
    return new Vector2(this.values[index * 2], this.values[index * 2 + 1]);
  }

  public row(index: number): [number, number, number] {
    return [this.values[index], this.values[index + 2], this.values[index + 4]];
  }

  /** this × other: `other` applies first. */
  public mul(other: Matrix2D): Matrix2D {
    const [a0, a1, a2, a3, a4, a5] = this.values;
    const [b0, b1, b2, b3, b4, b5] = other.values;
    return new Matrix2D(
      a0 * b0 + a2 * b1,
      a1 * b0 + a3 * b1,
      a0 * b2 + a2 * b3,
      a1 * b2 + a3 * b3,
      a0 * b4 + a2 * b5 + a4,
      a1 * b4 + a3 * b5 + a5,
    );
  }

  public rotate(angle: number, degrees = true): Matrix2D {
    const radians = degrees ? angle * DEG2RAD : angle;
    const [a, b, c, d, tx, ty] = this.values;
    const s = Math.sin(radians);
    const k = Math.cos(radians);
    return new Matrix2D(a * k + c * s, b * k + d * s, a * -s + c * k, b * -s + d * k, tx, ty);
  }

  public scale(vector: PossibleVector2): Matrix2D {
    const {x, y} = new Vector2(vector);
    const [a, b, c, d, tx, ty] = this.values;
    return new Matrix2D(a * x, b * x, c * y, d * y, tx, ty);
  }

  public mulScalar(scalar: number): Matrix2D {
    const [a, b, c, d, tx, ty] = this.values;
    return new Matrix2D(a * scalar, b * scalar, c * scalar, d * scalar, tx * scalar, ty * scalar);
  }

  public translate(vector: PossibleVector2): Matrix2D {
    const {x, y} = new Vector2(vector);
    const [a, b, c, d, tx, ty] = this.values;
    return new Matrix2D(a, b, c, d, a * x + c * y + tx, b * x + d * y + ty);
  }

  public add(other: Matrix2D): Matrix2D {
    const [a, b, c, d, tx, ty] = this.values;
    const {values} = other;
    return new Matrix2D(a + values[0], b + values[1], c + values[2], d + values[3], tx + values[4], ty + values[5]);
  }

  public sub(other: Matrix2D): Matrix2D {
    return this.add(other.mulScalar(-1));
  }

  public toSymbol(): symbol {
    return Matrix2D.symbol;
  }

  public toUniform(): void {
    noUniform();
  }

  public equals(other: Matrix2D, threshold: number = EPSILON): boolean {
    for (let index = 0; index < 6; index++) {
      if (Math.abs(this.values[index] - other.values[index]) > threshold + Number.EPSILON) return false;
    }
    return true;
  }

  public exactlyEquals(other: Matrix2D): boolean {
    for (let index = 0; index < 6; index++) {
      if (this.values[index] !== other.values[index]) return false;
    }
    return true;
  }
}

function isAffine(value: any): value is AffineInit {
  return value !== null && typeof value === 'object' && typeof value.a === 'number' && typeof value.f === 'number';
}

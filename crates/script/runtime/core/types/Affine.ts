import {DEG2RAD} from './angles';

/** The six numbers of a planar transform, as canvas matrices name them. */
export interface AffineInit {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

/**
 * A planar transform in double precision with the methods of the browser's `DOMMatrix`:
 * x' = a x + c y + e, y' = b x + d y + f. The `…Self` methods change it, the others return a new one.
 */
export class Affine implements AffineInit {
  public static fromMatrix(other: AffineInit): Affine {
    return new Affine([other.a, other.b, other.c, other.d, other.e, other.f]);
  }

  public a = 1;
  public b = 0;
  public c = 0;
  public d = 1;
  public e = 0;
  public f = 0;

  public readonly is2D = true;

  public constructor(values?: ArrayLike<number>) {
    if (values === undefined) return;
    this.a = values[0];
    this.b = values[1];
    this.c = values[2];
    this.d = values[3];
    this.e = values[4];
    this.f = values[5];
  }

  public get m11(): number {
    return this.a;
  }
  public set m11(value: number) {
    this.a = value;
  }
  public get m12(): number {
    return this.b;
  }
  public set m12(value: number) {
    this.b = value;
  }
  public get m21(): number {
    return this.c;
  }
  public set m21(value: number) {
    this.c = value;
  }
  public get m22(): number {
    return this.d;
  }
  public set m22(value: number) {
    this.d = value;
  }
  public get m41(): number {
    return this.e;
  }
  public set m41(value: number) {
    this.e = value;
  }
  public get m42(): number {
    return this.f;
  }
  public set m42(value: number) {
    this.f = value;
  }

  public get isIdentity(): boolean {
    return this.a === 1 && this.b === 0 && this.c === 0 && this.d === 1 && this.e === 0 && this.f === 0;
  }

  public get determinant(): number {
    return this.a * this.d - this.b * this.c;
  }

  public clone(): Affine {
    return Affine.fromMatrix(this);
  }

  public multiply(other: AffineInit): Affine {
    return this.clone().multiplySelf(other);
  }

  /** this × other: `other` applies first. */
  public multiplySelf(other: AffineInit): this {
    const {a, b, c, d} = this;
    this.e += a * other.e + c * other.f;
    this.f += b * other.e + d * other.f;
    this.a = a * other.a + c * other.b;
    this.b = b * other.a + d * other.b;
    this.c = a * other.c + c * other.d;
    this.d = b * other.c + d * other.d;
    return this;
  }

  /** other × this: `other` applies last. */
  public preMultiplySelf(other: AffineInit): this {
    const {a, b, c, d, e, f} = this;
    this.a = other.a * a + other.c * b;
    this.b = other.b * a + other.d * b;
    this.c = other.a * c + other.c * d;
    this.d = other.b * c + other.d * d;
    this.e = other.a * e + other.c * f + other.e;
    this.f = other.b * e + other.d * f + other.f;
    return this;
  }

  public translate(x = 0, y = 0): Affine {
    return this.clone().translateSelf(x, y);
  }

  public translateSelf(x = 0, y = 0): this {
    this.e += this.a * x + this.c * y;
    this.f += this.b * x + this.d * y;
    return this;
  }

  public scale(x = 1, y: number = x): Affine {
    return this.clone().scaleSelf(x, y);
  }

  public scaleSelf(x = 1, y: number = x): this {
    this.a *= x;
    this.b *= x;
    this.c *= y;
    this.d *= y;
    return this;
  }

  /** `degrees` clockwise (y points down). Called with three angles, the third one counts, as in DOMMatrix. */
  public rotate(degrees = 0, y?: number, z?: number): Affine {
    return this.clone().rotateSelf(degrees, y, z);
  }

  public rotateSelf(degrees = 0, y?: number, z?: number): this {
    const angle = (y === undefined && z === undefined ? degrees : (z ?? 0)) * DEG2RAD;
    if (angle === 0) return this;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const {a, b, c, d} = this;
    this.a = a * cos + c * sin;
    this.b = b * cos + d * sin;
    this.c = c * cos - a * sin;
    this.d = d * cos - b * sin;
    return this;
  }

  public skewX(degrees = 0): Affine {
    return this.clone().skewXSelf(degrees);
  }

  public skewXSelf(degrees = 0): this {
    const tangent = Math.tan(degrees * DEG2RAD);
    this.c += this.a * tangent;
    this.d += this.b * tangent;
    return this;
  }

  public skewY(degrees = 0): Affine {
    return this.clone().skewYSelf(degrees);
  }

  public skewYSelf(degrees = 0): this {
    const tangent = Math.tan(degrees * DEG2RAD);
    this.a += this.c * tangent;
    this.b += this.d * tangent;
    return this;
  }

  public inverse(): Affine {
    return this.clone().invertSelf();
  }

  /** Becomes its inverse; all NaN if there is none. */
  public invertSelf(): this {
    const {a, b, c, d, e, f} = this;
    const determinant = a * d - b * c;
    if (determinant === 0 || !isFinite(determinant)) {
      this.a = this.b = this.c = this.d = this.e = this.f = NaN;
      return this;
    }
    this.a = d / determinant;
    this.b = -b / determinant;
    this.c = -c / determinant;
    this.d = a / determinant;
    this.e = (c * f - d * e) / determinant;
    this.f = (b * e - a * f) / determinant;
    return this;
  }

  public transformPoint(point: {x?: number; y?: number} = {}): {x: number; y: number; z: number; w: number} {
    const x = point.x ?? 0;
    const y = point.y ?? 0;
    return {x: this.a * x + this.c * y + this.e, y: this.b * x + this.d * y + this.f, z: 0, w: 1};
  }

  public toArray(): [number, number, number, number, number, number] {
    return [this.a, this.b, this.c, this.d, this.e, this.f];
  }

  public toString(): string {
    return `matrix(${this.toArray().join(', ')})`;
  }
}

import { Affine } from './Affine';
import type { AffineInit } from './Affine';
import type { Type } from './Type';
import { Vector2 } from './Vector';
import type { PossibleVector2 } from './Vector';
export type PossibleMatrix2D = Matrix2D | AffineInit | [number, number, number, number, number, number] | [PossibleVector2, PossibleVector2, PossibleVector2] | undefined;
/** A planar transform of six single-precision numbers [a b c d tx ty], as the reference stores it. */
export declare class Matrix2D implements Type {
    static readonly symbol: unique symbol;
    static readonly identity: Matrix2D;
    static readonly zero: Matrix2D;
    static fromRotation(degrees: number): Matrix2D;
    static fromTranslation(translation: PossibleVector2): Matrix2D;
    static fromScaling(scale: PossibleVector2): Matrix2D;
    readonly values: Float32Array;
    constructor();
    constructor(matrix: PossibleMatrix2D);
    constructor(x: PossibleVector2, y: PossibleVector2, z: PossibleVector2);
    constructor(a: number, b: number, c: number, d: number, tx: number, ty: number);
    /** The first column. */
    get x(): Vector2;
    /** The second column. */
    get y(): Vector2;
    get scaleX(): number;
    set scaleX(value: number);
    get skewX(): number;
    set skewX(value: number);
    get scaleY(): number;
    set scaleY(value: number);
    get skewY(): number;
    set skewY(value: number);
    get translateX(): number;
    set translateX(value: number);
    get translateY(): number;
    set translateY(value: number);
    /** Degrees. */
    get rotation(): number;
    set rotation(degrees: number);
    get translation(): Vector2;
    set translation(value: PossibleVector2);
    get scaling(): Vector2;
    set scaling(value: PossibleVector2);
    get inverse(): Matrix2D | null;
    get determinant(): number;
    /** The same transform with the methods of a `DOMMatrix`. */
    get domMatrix(): Affine;
    column(index: number): Vector2;
    row(index: number): [number, number, number];
    /** this × other: `other` applies first. */
    mul(other: Matrix2D): Matrix2D;
    rotate(angle: number, degrees?: boolean): Matrix2D;
    scale(vector: PossibleVector2): Matrix2D;
    mulScalar(scalar: number): Matrix2D;
    translate(vector: PossibleVector2): Matrix2D;
    add(other: Matrix2D): Matrix2D;
    sub(other: Matrix2D): Matrix2D;
    toSymbol(): symbol;
    toUniform(): void;
    equals(other: Matrix2D, threshold?: number): boolean;
    exactlyEquals(other: Matrix2D): boolean;
}

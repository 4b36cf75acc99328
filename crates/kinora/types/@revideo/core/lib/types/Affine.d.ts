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
export declare class Affine implements AffineInit {
    static fromMatrix(other: AffineInit): Affine;
    a: number;
    b: number;
    c: number;
    d: number;
    e: number;
    f: number;
    readonly is2D = true;
    constructor(values?: ArrayLike<number>);
    get m11(): number;
    set m11(value: number);
    get m12(): number;
    set m12(value: number);
    get m21(): number;
    set m21(value: number);
    get m22(): number;
    set m22(value: number);
    get m41(): number;
    set m41(value: number);
    get m42(): number;
    set m42(value: number);
    get isIdentity(): boolean;
    get determinant(): number;
    clone(): Affine;
    multiply(other: AffineInit): Affine;
    /** this × other: `other` applies first. */
    multiplySelf(other: AffineInit): this;
    /** other × this: `other` applies last. */
    preMultiplySelf(other: AffineInit): this;
    translate(x?: number, y?: number): Affine;
    translateSelf(x?: number, y?: number): this;
    scale(x?: number, y?: number): Affine;
    scaleSelf(x?: number, y?: number): this;
    /** `degrees` clockwise (y points down). Called with three angles, the third one counts, as in DOMMatrix. */
    rotate(degrees?: number, y?: number, z?: number): Affine;
    rotateSelf(degrees?: number, y?: number, z?: number): this;
    skewX(degrees?: number): Affine;
    skewXSelf(degrees?: number): this;
    skewY(degrees?: number): Affine;
    skewYSelf(degrees?: number): this;
    inverse(): Affine;
    /** Becomes its inverse; all NaN if there is none. */
    invertSelf(): this;
    transformPoint(point?: {
        x?: number;
        y?: number;
    }): {
        x: number;
        y: number;
        z: number;
        w: number;
    };
    toArray(): [number, number, number, number, number, number];
    toString(): string;
}

/** Coordinates in some colour space; those that a colour does not have (the hue of a grey) are NaN. */
export type Triple = [number, number, number];
/** A colour space seen from gamma-encoded sRGB, 0–1 per channel. */
export interface ColorSpace {
    fromRgb(rgb: Triple): Triple;
    toRgb(coords: Triple): Triple;
    /** Which coordinate is a hue in degrees, −1 if none. */
    hue: number;
}
/** Rows of a 3×3 matrix. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];
export declare const LRGB_TO_XYZ50: Matrix;
export declare const XYZ50_TO_LRGB: Matrix;
export declare const LRGB_TO_XYZ65: Matrix;
export declare const XYZ65_TO_LRGB: Matrix;
/** The white point D50 in XYZ. */
export declare const D50: Triple;
/** The white point D65 in XYZ. */
export declare const D65: Triple;
export declare function multiply(m: Matrix, coords: Triple): Triple;
export declare function decodeSrgb(value: number): number;
export declare function encodeSrgb(value: number): number;
export declare function each(coords: Triple, convert: (value: number) => number): Triple;
/** Whether a colour has no hue. */
export declare function isGrey([r, g, b]: Triple): boolean;
/** The polar form of a space with two opponent axes. */
export declare function polar(space: ColorSpace): ColorSpace;
/** A hue within 0–360. */
export declare function normalizeHue(hue: number): number;

import {DEG2RAD, RAD2DEG} from '../angles';

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

// Linear sRGB to and from CIE XYZ, D50 by Bradford adaptation and D65 (CSS Color 4).
export const LRGB_TO_XYZ50: Matrix = [
  0.436065742824811, 0.3851514688337912, 0.14307845442264197, 0.22249319175623702, 0.7168870538238823,
  0.06061979053616537, 0.013923904500943465, 0.09708128566574634, 0.7140993584005155,
];
export const XYZ50_TO_LRGB: Matrix = [
  3.1341359569958707, -1.6173863321612538, -0.4906619460083532, -0.978795502912089, 1.916254567259524,
  0.03344273116131949, 0.07195537988411677, -0.2289768264158322, 1.405386058324125,
];
export const LRGB_TO_XYZ65: Matrix = [
  0.4123907992659593, 0.357584339383878, 0.1804807884018343, 0.2126390058715102, 0.715168678767756, 0.0721923153607337,
  0.0193308187155918, 0.119194779794626, 0.9505321522496607,
];
export const XYZ65_TO_LRGB: Matrix = [
  3.2409699419045226, -1.537383177570094, -0.4986107602930034, -0.9692436362808796, 1.8759675015077204,
  0.0415550574071756, 0.0556300796969936, -0.2039769588889765, 1.0569715142428784,
];

/** The white point D50 in XYZ. */
export const D50: Triple = [0.3457 / 0.3585, 1, (1 - 0.3457 - 0.3585) / 0.3585];
/** The white point D65 in XYZ. */
export const D65: Triple = [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329];

// Tuples are read by index here: taking them apart goes through an iterator, for every colour in every frame.

export function multiply(m: Matrix, coords: Triple): Triple {
  const x = coords[0];
  const y = coords[1];
  const z = coords[2];
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

export function decodeSrgb(value: number): number {
  const size = Math.abs(value);
  if (size <= 0.04045) return value / 12.92;
  return Math.sign(value) * Math.pow((size + 0.055) / 1.055, 2.4);
}

export function encodeSrgb(value: number): number {
  const size = Math.abs(value);
  if (size <= 0.0031308) return value * 12.92;
  return Math.sign(value) * (1.055 * Math.pow(size, 1 / 2.4) - 0.055);
}

export function each(coords: Triple, convert: (value: number) => number): Triple {
  return [convert(coords[0]), convert(coords[1]), convert(coords[2])];
}

/** Whether a colour has no hue. */
export function isGrey([r, g, b]: Triple): boolean {
  return r === g && g === b;
}

/** The polar form of a space with two opponent axes. */
export function polar(space: ColorSpace): ColorSpace {
  return {
    hue: 2,
    fromRgb(rgb) {
      const [l, a, b] = space.fromRgb(rgb);
      const chroma = Math.sqrt(a * a + b * b);
      return [l, chroma, chroma === 0 ? NaN : normalizeHue(Math.atan2(b, a) * RAD2DEG)];
    },
    toRgb(coords) {
      const chroma = coords[1];
      const angle = isNaN(coords[2]) ? 0 : coords[2] * DEG2RAD;
      return space.toRgb([coords[0], chroma * Math.cos(angle), chroma * Math.sin(angle)]);
    },
  };
}

/** A hue within 0–360. */
export function normalizeHue(hue: number): number {
  const turned = hue % 360;
  return turned < 0 ? turned + 360 : turned;
}


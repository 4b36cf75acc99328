import {decodeSrgb, each, encodeSrgb, isGrey, LRGB_TO_XYZ65, multiply, polar, XYZ65_TO_LRGB} from './ColorSpace';
import type {ColorSpace, Matrix, Triple} from './ColorSpace';

// Jzazbz, Safdar and others 2017; white is 203 cd/m².
const WHITE = 203;
const N = 2610 / 16384;
const P = (1.7 * 2523) / 32;
const C1 = 3424 / 4096;
const C2 = 2413 / 128;
const C3 = 2392 / 128;
const D = -0.56;
const D0 = 1.6295499532821566e-11;
const XYZ_TO_LMS: Matrix = [
  0.41478972, 0.579999, 0.014648, -0.20151, 1.120649, 0.0531008, -0.0166008, 0.2648, 0.6684799,
];
const LMS_TO_XYZ: Matrix = [
  1.9242264357876069, -1.0047923125953657, 0.037651404030618, 0.3503167620949991, 0.7264811939316552,
  -0.065384422948085, -0.0909828109828475, -0.3127282905230739, 1.5227665613052603,
];
const LMS_TO_IAB: Matrix = [0.5, 0.5, 0, 3.524, -4.066708, 0.542708, 0.199076, 1.096799, -1.295875];
const IAB_TO_LMS: Matrix = [
  1, 0.138605043271539, 0.0580473161561189, 1, -0.138605043271539, -0.0580473161561189, 1, -0.0960192420263189,
  -0.811891896056039,
];

export const jab: ColorSpace = {
  hue: -1,
  fromRgb(rgb) {
    const absolute = each(multiply(LRGB_TO_XYZ65, each(rgb, decodeSrgb)), value => Math.max(value * WHITE, 0));
    const [x, y, z] = absolute;
    const lms = each(multiply(XYZ_TO_LMS, [1.15 * x - 0.15 * z, 0.66 * y + 0.34 * x, z]), encode);
    const [i, a, b] = multiply(LMS_TO_IAB, lms);
    const j = (0.44 * i) / (1 + D * i) - D0;
    return isGrey(rgb) ? [j, 0, 0] : [j, a, b];
  },
  toRgb([j, a, b]) {
    const i = (j + D0) / (0.44 - D * (j + D0));
    const [x, y, z] = multiply(LMS_TO_XYZ, each(multiply(IAB_TO_LMS, [i, a, b]), decode));
    const absolute: Triple = [(x + 0.15 * z) / 1.15, 0, z];
    absolute[1] = (y - 0.34 * absolute[0]) / 0.66;
    return each(multiply(XYZ65_TO_LRGB, each(absolute, value => value / WHITE)), encodeSrgb);
  },
};

export const jch: ColorSpace = polar(jab);

/** The perceptual quantizer with this space's exponent. */
function encode(value: number): number {
  if (value < 0) return 0;
  const power = Math.pow(value / 10000, N);
  return Math.pow((C1 + C2 * power) / (1 + C3 * power), P);
}

function decode(value: number): number {
  if (value < 0) return 0;
  const power = Math.pow(value, 1 / P);
  return 10000 * Math.pow((C1 - power) / (C3 * power - C2), 1 / N);
}

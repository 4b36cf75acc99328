import {decodeSrgb, each, encodeSrgb, isGrey, multiply, polar} from './ColorSpace';
import type {ColorSpace, Matrix, Triple} from './ColorSpace';

// Oklab, Björn Ottosson 2020, with the constants of CSS Color 4.
const LRGB_TO_LMS: Matrix = [
  0.412221469470763, 0.5363325372617348, 0.0514459932675022, 0.2119034958178252, 0.6806995506452344, 0.1073969535369406,
  0.0883024591900564, 0.2817188391361215, 0.6299787016738222,
];
const LMS_TO_OKLAB: Matrix = [
  0.210454268309314, 0.7936177747023054, -0.0040720430116193, 1.9779985324311684, -2.4285922420485799,
  0.450593709617411, 0.0259040424655478, 0.7827717124575296, -0.8086757549230774,
];
const OKLAB_TO_LMS: Matrix = [
  1, 0.3963377773761749, 0.2158037573099136, 1, -0.1055613458156586, -0.0638541728258133, 1, -0.0894841775298119,
  -1.2914855480194092,
];
const LMS_TO_LRGB: Matrix = [
  4.0767416360759574, -3.3077115392580616, 0.2309699031821044, -1.2684379732850317, 2.6097573492876887,
  -0.3413193760026573, -0.0041960761386756, -0.7034186179359362, 1.7076146940746117,
];

export const oklab: ColorSpace = {
  hue: -1,
  fromRgb(coords) {
    const result = multiply(LMS_TO_OKLAB, each(multiply(LRGB_TO_LMS, each(coords, decodeSrgb)), Math.cbrt));
    return isGrey(coords) ? [result[0], 0, 0] : result;
  },
  toRgb(coords) {
    return each(toLinear(coords), encodeSrgb);
  },
};

export const oklch: ColorSpace = polar(oklab);

/** Linear sRGB of a colour in Oklab. */
export function toLinear(coords: Triple): Triple {
  return multiply(
    LMS_TO_LRGB,
    each(multiply(OKLAB_TO_LMS, coords), value => value ** 3),
  );
}

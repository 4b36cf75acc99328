import {DEG2RAD, RAD2DEG} from './angles';

/** Coordinates in some colour space; a hue is NaN where there is none. */
export type Triple = [number, number, number];

/** A colour space seen from gamma-encoded sRGB, 0–1 per channel. */
export interface ColorSpace {
  fromRgb(rgb: Triple): Triple;
  toRgb(coords: Triple): Triple;
  /** Which coordinate is a hue in degrees, −1 if none. */
  hue: number;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

// Linear sRGB to and from CIE XYZ, D50 by Bradford adaptation and D65 (CSS Color 4).
const LRGB_TO_XYZ50: Matrix = [
  0.436065742824811, 0.3851514688337912, 0.14307845442264197, 0.22249319175623702, 0.7168870538238823,
  0.06061979053616537, 0.013923904500943465, 0.09708128566574634, 0.7140993584005155,
];
const XYZ50_TO_LRGB: Matrix = [
  3.1341359569958707, -1.6173863321612538, -0.4906619460083532, -0.978795502912089, 1.916254567259524,
  0.03344273116131949, 0.07195537988411677, -0.2289768264158322, 1.405386058324125,
];
const LRGB_TO_XYZ65: Matrix = [
  0.4123907992659593, 0.357584339383878, 0.1804807884018343, 0.2126390058715102, 0.715168678767756, 0.0721923153607337,
  0.0193308187155918, 0.119194779794626, 0.9505321522496607,
];
const XYZ65_TO_LRGB: Matrix = [
  3.2409699419045226, -1.537383177570094, -0.4986107602930034, -0.9692436362808796, 1.8759675015077204,
  0.0415550574071756, 0.0556300796969936, -0.2039769588889765, 1.0569715142428784,
];
const P3_TO_XYZ65: Matrix = [
  0.486570948648216, 0.265667693169093, 0.1982172852343625, 0.2289745640697487, 0.6917385218365062, 0.079286914093745,
  0, 0.0451133818589026, 1.043944368900976,
];
const XYZ65_TO_P3: Matrix = [
  2.4934969119414263, -0.9313836179191242, -0.402710784450717, -0.8294889695615749, 1.7626640603183465,
  0.0236246858419436, 0.0358458302437845, -0.0761723892680418, 0.9568845240076871,
];
const A98_TO_XYZ65: Matrix = [
  0.5766690429101305, 0.1855582379065463, 0.1882286462349947, 0.2973449752505361, 0.6273635662554661,
  0.0752914584939978, 0.0270313613864123, 0.0706888525358272, 0.9913375368376388,
];
const REC2020_TO_XYZ65: Matrix = [
  0.6369580483012914, 0.1446169035862083, 0.1688809751641721, 0.262700212011267, 0.6779980715188708, 0.059301716469862,
  0, 0.0280726930490874, 1.0609850577107909,
];
const PROPHOTO_TO_XYZ50: Matrix = [
  0.7977666449006423, 0.1351812974005331, 0.0313477341283922, 0.2880748288194013, 0.7118352342418731,
  0.0000899369387256, 0, 0, 0.8251046025104602,
];
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

// Tuples are read by index here: taking them apart goes through an iterator, for every colour in every frame.

function multiply(m: Matrix, coords: Triple): Triple {
  const x = coords[0];
  const y = coords[1];
  const z = coords[2];
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

function decodeSrgb(value: number): number {
  const size = Math.abs(value);
  if (size <= 0.04045) return value / 12.92;
  return Math.sign(value) * Math.pow((size + 0.055) / 1.055, 2.4);
}

function encodeSrgb(value: number): number {
  const size = Math.abs(value);
  if (size <= 0.0031308) return value * 12.92;
  return Math.sign(value) * (1.055 * Math.pow(size, 1 / 2.4) - 0.055);
}

function each(coords: Triple, convert: (value: number) => number): Triple {
  return [convert(coords[0]), convert(coords[1]), convert(coords[2])];
}

function isGrey([r, g, b]: Triple): boolean {
  return r === g && g === b;
}

/** CIE Lab for a white point. */
function lab(white: Triple, fromXyz: Matrix, toXyz: Matrix): ColorSpace {
  const e = 216 / 24389;
  const k = 24389 / 27;
  const forward = (value: number) => (value > e ? Math.cbrt(value) : (k * value + 16) / 116);
  const backward = (value: number) => {
    const cube = value ** 3;
    return cube > e ? cube : (116 * value - 16) / k;
  };
  return {
    hue: -1,
    fromRgb(rgb) {
      const xyz = multiply(toXyz, each(rgb, decodeSrgb));
      const x = forward(xyz[0] / white[0]);
      const y = forward(xyz[1] / white[1]);
      const z = forward(xyz[2] / white[2]);
      // Rounding would leave greys with a trace of colour, and so with a hue.
      return isGrey(rgb) ? [116 * y - 16, 0, 0] : [116 * y - 16, 500 * (x - y), 200 * (y - z)];
    },
    toRgb(coords) {
      const y = (coords[0] + 16) / 116;
      const xyz: Triple = [
        backward(coords[1] / 500 + y) * white[0],
        backward(y) * white[1],
        backward(y - coords[2] / 200) * white[2],
      ];
      return each(multiply(fromXyz, xyz), encodeSrgb);
    },
  };
}

/** The polar form of a space with two opponent axes. */
function polar(space: ColorSpace): ColorSpace {
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

function normalizeHue(hue: number): number {
  const turned = hue % 360;
  return turned < 0 ? turned + 360 : turned;
}

/** A linear space reached from XYZ by a matrix, with a transfer function. */
function viaXyz(
  toSpace: Matrix | null,
  fromSpace: Matrix | null,
  lrgbToXyz: Matrix,
  xyzToLrgb: Matrix,
  decode: (value: number) => number,
  encode: ((value: number) => number) | null,
): ColorSpace {
  return {
    hue: -1,
    fromRgb(rgb) {
      const xyz = multiply(lrgbToXyz, each(rgb, decodeSrgb));
      const linear = toSpace === null ? xyz : multiply(toSpace, xyz);
      return encode === null ? linear : each(linear, encode);
    },
    toRgb(coords) {
      const linear = each(coords, decode);
      const xyz = fromSpace === null ? linear : multiply(fromSpace, linear);
      return each(multiply(xyzToLrgb, xyz), encodeSrgb);
    },
  };
}

function identity(value: number): number {
  return value;
}

/** Only read from CSS, never interpolated in. */
function sourceOnly(fromSpace: Matrix, xyzToLrgb: Matrix, decode: (value: number) => number): ColorSpace {
  return viaXyz(null, fromSpace, LRGB_TO_XYZ65, xyzToLrgb, decode, null);
}

function signedPower(exponent: number): (value: number) => number {
  return value => Math.sign(value) * Math.pow(Math.abs(value), exponent);
}

const rgb: ColorSpace = {hue: -1, fromRgb: coords => coords, toRgb: coords => coords};

const lrgb: ColorSpace = {
  hue: -1,
  fromRgb: coords => each(coords, decodeSrgb),
  toRgb: coords => each(coords, encodeSrgb),
};

const hsv: ColorSpace = {
  hue: 0,
  fromRgb([r, g, b]) {
    const max = Math.max(r, g, b);
    const min = Math.min(r, g, b);
    return [hueOf(r, g, b, max, min), max === 0 ? 0 : 1 - min / max, max];
  },
  toRgb([hue, s, v]) {
    const h = isNaN(hue) ? 0 : hue;
    const channel = (n: number) => {
      const k = (n + normalizeHue(h) / 60) % 6;
      return v - v * s * Math.max(0, Math.min(k, 4 - k, 1));
    };
    return [channel(5), channel(3), channel(1)];
  },
};

const hsl: ColorSpace = {
  hue: 0,
  fromRgb([r, g, b]) {
    const max = Math.max(r, g, b);
    const min = Math.min(r, g, b);
    const l = (max + min) / 2;
    const s = max === min ? 0 : (max - min) / (1 - Math.abs(max + min - 1));
    return [hueOf(r, g, b, max, min), s, l];
  },
  toRgb([hue, s, l]) {
    const v = l + s * Math.min(l, 1 - l);
    return hsv.toRgb([hue, v === 0 ? 0 : 2 * (1 - l / v), v]);
  },
};

const hwb: ColorSpace = {
  hue: 0,
  fromRgb(coords) {
    const [hue, s, v] = hsv.fromRgb(coords);
    return [hue, (1 - s) * v, 1 - v];
  },
  toRgb([hue, white, black]) {
    const sum = white + black;
    if (sum > 1) {
      white /= sum;
      black /= sum;
    }
    return hsv.toRgb([hue, black === 1 ? 1 : 1 - white / (1 - black), 1 - black]);
  },
};

function hueOf(r: number, g: number, b: number, max: number, min: number): number {
  if (max === min) return NaN;
  const range = max - min;
  if (max === r) return ((g - b) / range + (g < b ? 6 : 0)) * 60;
  if (max === g) return ((b - r) / range + 2) * 60;
  return ((r - g) / range + 4) * 60;
}

const oklab: ColorSpace = {
  hue: -1,
  fromRgb(coords) {
    const result = multiply(LMS_TO_OKLAB, each(multiply(LRGB_TO_LMS, each(coords, decodeSrgb)), Math.cbrt));
    return isGrey(coords) ? [result[0], 0, 0] : result;
  },
  toRgb(coords) {
    const lms = each(multiply(OKLAB_TO_LMS, coords), value => value ** 3);
    return each(multiply(LMS_TO_LRGB, lms), encodeSrgb);
  },
};

const D50: Triple = [0.3457 / 0.3585, 1, (1 - 0.3457 - 0.3585) / 0.3585];
const D65: Triple = [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329];
const lab50 = lab(D50, XYZ50_TO_LRGB, LRGB_TO_XYZ50);
const lab65 = lab(D65, XYZ65_TO_LRGB, LRGB_TO_XYZ65);

/** The spaces that colours can be interpolated in. */
export const INTERPOLATION_SPACES = {
  rgb,
  lrgb,
  hsl,
  hsv,
  hwb,
  lab: lab50,
  lch: polar(lab50),
  lab65,
  lch65: polar(lab65),
  oklab,
  oklch: polar(oklab),
  p3: viaXyz(XYZ65_TO_P3, P3_TO_XYZ65, LRGB_TO_XYZ65, XYZ65_TO_LRGB, decodeSrgb, encodeSrgb),
  xyz50: viaXyz(null, null, LRGB_TO_XYZ50, XYZ50_TO_LRGB, identity, null),
  xyz65: viaXyz(null, null, LRGB_TO_XYZ65, XYZ65_TO_LRGB, identity, null),
} satisfies Record<string, ColorSpace>;

/** The spaces of the CSS function `color()`. */
export const CSS_COLOR_SPACES: Record<string, ColorSpace> = {
  srgb: rgb,
  'srgb-linear': lrgb,
  'display-p3': INTERPOLATION_SPACES.p3,
  'a98-rgb': sourceOnly(A98_TO_XYZ65, XYZ65_TO_LRGB, signedPower(563 / 256)),
  'prophoto-rgb': sourceOnly(PROPHOTO_TO_XYZ50, XYZ50_TO_LRGB, value =>
    Math.abs(value) <= 16 / 512 ? value / 16 : signedPower(1.8)(value),
  ),
  rec2020: sourceOnly(REC2020_TO_XYZ65, XYZ65_TO_LRGB, value =>
    Math.abs(value) < 0.018053968510807 * 4.5
      ? value / 4.5
      : Math.sign(value) * Math.pow((Math.abs(value) + 0.09929682680944) / 1.09929682680944, 1 / 0.45),
  ),
  xyz: INTERPOLATION_SPACES.xyz65,
  'xyz-d50': INTERPOLATION_SPACES.xyz50,
  'xyz-d65': INTERPOLATION_SPACES.xyz65,
};

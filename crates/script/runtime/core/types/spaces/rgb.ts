import {
  decodeSrgb,
  each,
  encodeSrgb,
  LRGB_TO_XYZ50,
  LRGB_TO_XYZ65,
  multiply,
  XYZ50_TO_LRGB,
  XYZ65_TO_LRGB,
} from './ColorSpace';
import type {ColorSpace, Matrix} from './ColorSpace';

// The matrices of CSS Color 4 and their inverses.
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
const XYZ65_TO_A98: Matrix = [
  2.0415879038107465, -0.5650069742788597, -0.3447313507783296, -0.9692436362808797, 1.8759675015077202,
  0.04155505740717576, 0.013444280632031217, -0.11836239223101835, 1.0151749943912054,
];
const REC2020_TO_XYZ65: Matrix = [
  0.6369580483012914, 0.1446169035862083, 0.1688809751641721, 0.262700212011267, 0.6779980715188708, 0.059301716469862,
  0, 0.0280726930490874, 1.0609850577107909,
];
const XYZ65_TO_REC2020: Matrix = [
  1.7166511879712671, -0.3556707837763922, -0.2533662813736598, -0.6666843518324889, 1.6164812366349395,
  0.015768545813911034, 0.017639857445310842, -0.0427706132578085, 0.942103121235474,
];
const PROPHOTO_TO_XYZ50: Matrix = [
  0.7977666449006423, 0.1351812974005331, 0.0313477341283922, 0.2880748288194013, 0.7118352342418731,
  0.0000899369387256, 0, 0, 0.8251046025104602,
];
const XYZ50_TO_PROPHOTO: Matrix = [
  1.3457868816471585, -0.25557208737979464, -0.05110186497554527, -0.5446307051249019, 1.5082477428451466,
  0.020527447436421473, 0, 0, 1.2119675456389452,
];

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

function signedPower(exponent: number): (value: number) => number {
  return value => Math.sign(value) * Math.pow(Math.abs(value), exponent);
}


function rec2020Decode(value: number): number {
  const size = Math.abs(value);
  if (size < BETA * 4.5) return value / 4.5;
  return Math.sign(value) * Math.pow((size + ALPHA - 1) / ALPHA, 1 / 0.45);
}

function rec2020Encode(value: number): number {
  const size = Math.abs(value);
  return size > BETA ? Math.sign(value) * (ALPHA * Math.pow(size, 0.45) - (ALPHA - 1)) : 4.5 * value;
}

const ALPHA = 1.09929682680944;
const BETA = 0.018053968510807;

function prophotoDecode(value: number): number {
  const size = Math.abs(value);
  return size >= 16 / 512 ? Math.sign(value) * Math.pow(size, 1.8) : value / 16;
}

function prophotoEncode(value: number): number {
  const size = Math.abs(value);
  return size >= 1 / 512 ? Math.sign(value) * Math.pow(size, 1 / 1.8) : 16 * value;
}

export const rgb: ColorSpace = {hue: -1, fromRgb: coords => coords, toRgb: coords => coords};

export const lrgb: ColorSpace = {
  hue: -1,
  fromRgb: coords => each(coords, decodeSrgb),
  toRgb: coords => each(coords, encodeSrgb),
};

export const p3: ColorSpace = viaXyz(XYZ65_TO_P3, P3_TO_XYZ65, LRGB_TO_XYZ65, XYZ65_TO_LRGB, decodeSrgb, encodeSrgb);
export const a98: ColorSpace = viaXyz(
  XYZ65_TO_A98,
  A98_TO_XYZ65,
  LRGB_TO_XYZ65,
  XYZ65_TO_LRGB,
  signedPower(563 / 256),
  signedPower(256 / 563),
);
export const rec2020: ColorSpace = viaXyz(
  XYZ65_TO_REC2020,
  REC2020_TO_XYZ65,
  LRGB_TO_XYZ65,
  XYZ65_TO_LRGB,
  rec2020Decode,
  rec2020Encode,
);
export const prophoto: ColorSpace = viaXyz(
  XYZ50_TO_PROPHOTO,
  PROPHOTO_TO_XYZ50,
  LRGB_TO_XYZ50,
  XYZ50_TO_LRGB,
  prophotoDecode,
  prophotoEncode,
);
export const xyz50: ColorSpace = viaXyz(null, null, LRGB_TO_XYZ50, XYZ50_TO_LRGB, identity, null);
export const xyz65: ColorSpace = viaXyz(null, null, LRGB_TO_XYZ65, XYZ65_TO_LRGB, identity, null);

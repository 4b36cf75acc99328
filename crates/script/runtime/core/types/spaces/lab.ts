import {
  D50,
  D65,
  decodeSrgb,
  each,
  encodeSrgb,
  isGrey,
  LRGB_TO_XYZ50,
  LRGB_TO_XYZ65,
  multiply,
  polar,
  XYZ50_TO_LRGB,
  XYZ65_TO_LRGB,
} from './ColorSpace';
import type {ColorSpace, Matrix, Triple} from './ColorSpace';

const E = 216 / 24389;
const K = 24389 / 27;

/** CIE Lab for a white point. */
function cieLab(white: Triple, fromXyz: Matrix, toXyz: Matrix): ColorSpace {
  const forward = (value: number) => (value > E ? Math.cbrt(value) : (K * value + 16) / 116);
  const backward = (value: number) => {
    const cube = value ** 3;
    return cube > E ? cube : (116 * value - 16) / K;
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

/** CIE Luv, D50. */
const cieLuv: ColorSpace = {
  hue: -1,
  fromRgb(rgb) {
    const [x, y, z] = multiply(LRGB_TO_XYZ50, each(rgb, decodeSrgb));
    const l = y > E ? 116 * Math.cbrt(y) - 16 : K * y;
    const [u, v] = chromaticity(x, y, z);
    return [l, 13 * l * (u - WHITE[0]), 13 * l * (v - WHITE[1])];
  },
  toRgb([l, a, b]) {
    if (l === 0) return [0, 0, 0];
    const u = a / (13 * l) + WHITE[0];
    const v = b / (13 * l) + WHITE[1];
    const y = l <= 8 ? l / K : ((l + 16) / 116) ** 3;
    const xyz: Triple = [(y * 9 * u) / (4 * v), y, (y * (12 - 3 * u - 20 * v)) / (4 * v)];
    return each(multiply(XYZ50_TO_LRGB, xyz), encodeSrgb);
  },
};

function chromaticity(x: number, y: number, z: number): [u: number, v: number] {
  const sum = x + 15 * y + 3 * z;
  return sum === 0 ? [0, 0] : [(4 * x) / sum, (9 * y) / sum];
}

const WHITE = chromaticity(...D50);

export const lab: ColorSpace = cieLab(D50, XYZ50_TO_LRGB, LRGB_TO_XYZ50);
export const lch: ColorSpace = polar(lab);
export const lab65: ColorSpace = cieLab(D65, XYZ65_TO_LRGB, LRGB_TO_XYZ65);
export const lch65: ColorSpace = polar(lab65);
export const luv: ColorSpace = cieLuv;
export const lchuv: ColorSpace = polar(cieLuv);

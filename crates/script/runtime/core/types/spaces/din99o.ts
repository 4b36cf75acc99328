import {DEG2RAD, RAD2DEG} from '../angles';
import {normalizeHue} from './ColorSpace';
import type {ColorSpace} from './ColorSpace';
import {lab65} from './lab';

const ANGLE = 26 * DEG2RAD;
const COS = Math.cos(ANGLE);
const SIN = Math.sin(ANGLE);
const LIGHTNESS = 303.67;

/** DIN99o (DIN 6176) in its polar form, on Lab with D65. */
export const dlch: ColorSpace = {
  hue: 2,
  fromRgb(rgb) {
    const [l, a, b] = lab65.fromRgb(rgb);
    const e = a * COS + b * SIN;
    const f = 0.83 * (b * COS - a * SIN);
    const size = Math.sqrt(e * e + f * f);
    const chroma = Math.log(1 + 0.075 * size) / 0.0435;
    const hue = chroma === 0 ? NaN : normalizeHue((Math.atan2(f, e) + ANGLE) * RAD2DEG);
    return [LIGHTNESS * Math.log(1 + 0.0039 * l), chroma, hue];
  },
  toRgb([l, chroma, hue]) {
    const size = (Math.exp(0.0435 * chroma) - 1) / 0.075;
    const angle = (isNaN(hue) ? 0 : hue) * DEG2RAD - ANGLE;
    const e = size * Math.cos(angle);
    const f = (size * Math.sin(angle)) / 0.83;
    return lab65.toRgb([(Math.exp(l / LIGHTNESS) - 1) / 0.0039, e * COS - f * SIN, e * SIN + f * COS]);
  },
};

/** DIN99o with two opponent axes. */
export const dlab: ColorSpace = {
  hue: -1,
  fromRgb(rgb) {
    const [l, chroma, hue] = dlch.fromRgb(rgb);
    if (chroma === 0) return [l, 0, 0];
    return [l, chroma * Math.cos(hue * DEG2RAD), chroma * Math.sin(hue * DEG2RAD)];
  },
  toRgb([l, a, b]) {
    const chroma = Math.sqrt(a * a + b * b);
    return dlch.toRgb([l, chroma, chroma === 0 ? NaN : normalizeHue(Math.atan2(b, a) * RAD2DEG)]);
  },
};

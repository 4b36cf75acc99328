import {DEG2RAD, RAD2DEG} from '../angles';
import type {ColorSpace} from './ColorSpace';

// Dave Green's cubehelix, 2011.
const A = -0.14861;
const B = 1.78277;
const C = -0.29227;
const D = -0.90649;
const E = 1.97294;
const ED = E * D;
const EB = E * B;
const BCAD = B * C - A * D;

export const cubehelix: ColorSpace = {
  hue: 0,
  fromRgb([r, g, b]) {
    const l = (BCAD * b + ED * r - EB * g) / (BCAD + ED - EB);
    const blue = b - l;
    const green = (E * (g - l) - C * blue) / D;
    const s = l === 0 || l === 1 ? NaN : Math.sqrt(blue * blue + green * green) / (E * l * (1 - l));
    return [s > 0 ? Math.atan2(green, blue) * RAD2DEG - 120 : NaN, s, l];
  },
  toRgb([hue, s, l]) {
    const angle = ((isNaN(hue) ? 0 : hue) + 120) * DEG2RAD;
    const amount = (isNaN(s) ? 0 : s) * l * (1 - l);
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    return [l + amount * (A * cos + B * sin), l + amount * (C * cos + D * sin), l + amount * (E * cos)];
  },
};

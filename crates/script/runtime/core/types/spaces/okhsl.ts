import {DEG2RAD, RAD2DEG} from '../angles';
import {normalizeHue} from './ColorSpace';
import type {ColorSpace, Triple} from './ColorSpace';
import {oklab, toLinear} from './oklab';

// Björn Ottosson, "Okhsv and Okhsl", 2021: saturation and value relative to what sRGB can show.

/** Okhsl: hue, saturation, lightness. */
export const okhsl: ColorSpace = {
  hue: 0,
  fromRgb(rgb) {
    const [lightness, a, b] = oklab.fromRgb(rgb);
    const l = toe(lightness);
    const chroma = Math.sqrt(a * a + b * b);
    if (chroma === 0 || l === 0 || l === 1) return [NaN, 0, l];
    const {first, middle, most} = chromas(lightness, a / chroma, b / chroma);
    let s: number;
    if (chroma < middle) {
      const k1 = 0.8 * first;
      const k2 = 1 - k1 / middle;
      s = (chroma / (k1 + k2 * chroma)) * 0.8;
    } else {
      const k1 = (0.2 * middle * middle * 1.25 * 1.25) / first;
      const k2 = 1 - k1 / (most - middle);
      s = 0.8 + (0.2 * (chroma - middle)) / (k1 + k2 * (chroma - middle));
    }
    return [normalizeHue(Math.atan2(b, a) * RAD2DEG), s, l];
  },
  toRgb([hue, s, l]) {
    const lightness = inverseToe(l);
    if (s === 0 || l === 1) return oklab.toRgb([lightness, 0, 0]);
    const angle = (isNaN(hue) ? 0 : hue) * DEG2RAD;
    const a = Math.cos(angle);
    const b = Math.sin(angle);
    const {first, middle, most} = chromas(lightness, a, b);
    let chroma: number;
    if (s < 0.8) {
      const t = 1.25 * s;
      const k1 = 0.8 * first;
      chroma = (t * k1) / (1 - (1 - k1 / middle) * t);
    } else {
      const t = 5 * (s - 0.8);
      const k1 = (0.2 * middle * middle * 1.25 * 1.25) / first;
      chroma = middle + (t * k1) / (1 - (1 - k1 / (most - middle)) * t);
    }
    return oklab.toRgb([lightness, chroma * a, chroma * b]);
  },
};

/** Okhsv: hue, saturation, value. */
export const okhsv: ColorSpace = {
  hue: 0,
  fromRgb(rgb) {
    let [lightness, a, b] = oklab.fromRgb(rgb);
    let chroma = Math.sqrt(a * a + b * b);
    const hue = chroma === 0 ? NaN : normalizeHue(Math.atan2(b, a) * RAD2DEG);
    if (lightness === 0 || chroma === 0) return [NaN, 0, toe(lightness)];
    a /= chroma;
    b /= chroma;
    const {s: most, t: top} = slopes(cusp(a, b));
    const k = 1 - 0.5 / most;
    const t = top / (chroma + lightness * top);
    const l = t * lightness;
    const c = t * chroma;
    const inner = inverseToe(l);
    const innerChroma = (c * inner) / l;
    const scale = scaleOf(inner, a * innerChroma, b * innerChroma);
    lightness /= scale;
    chroma = ((chroma / scale) * toe(lightness)) / lightness;
    return [hue, ((0.5 + top) * c) / (top * 0.5 + top * k * c), toe(lightness) / l];
  },
  toRgb([hue, s, v]) {
    const angle = (isNaN(hue) ? 0 : hue) * DEG2RAD;
    const a = Math.cos(angle);
    const b = Math.sin(angle);
    const {s: most, t: top} = slopes(cusp(a, b));
    const k = 1 - 0.5 / most;
    const divisor = 0.5 + top - top * k * s;
    const l = 1 - (s * 0.5) / divisor;
    const c = (s * top * 0.5) / divisor;
    const inner = inverseToe(l);
    const innerChroma = (c * inner) / l;
    const scale = scaleOf(inner, a * innerChroma, b * innerChroma);
    const lightness = inverseToe(v * l);
    const chroma = v * l === 0 ? 0 : (v * c * lightness) / (v * l);
    return oklab.toRgb([lightness * scale, chroma * scale * a, chroma * scale * b]);
  },
};

const K1 = 0.206;
const K2 = 0.03;
const K3 = (1 + K1) / (1 + K2);

/** The lightness of Oklab as one that fits that of Lab. */
function toe(x: number): number {
  return 0.5 * (K3 * x - K1 + Math.sqrt((K3 * x - K1) * (K3 * x - K1) + 4 * K2 * K3 * x));
}

function inverseToe(x: number): number {
  return (x * x + K1 * x) / (K3 * (x + K2));
}

/** How much brighter a colour can be before a channel is full. */
function scaleOf(l: number, a: number, b: number): number {
  return Math.cbrt(1 / Math.max(...toLinear([l, a, b]), 0));
}

interface Point {
  l: number;
  c: number;
}

/** Red, green and blue part of what sRGB can show: where it applies and how it is approached. */
const PARTS: readonly {coefficients: readonly number[]; weights: Triple}[] = [
  {
    coefficients: [1.19086277, 1.76576728, 0.59662641, 0.75515197, 0.56771245],
    weights: [4.0767416621, -3.3077115913, 0.2309699292],
  },
  {
    coefficients: [0.73956515, -0.45954404, 0.08285427, 0.1254107, 0.14503204],
    weights: [-1.2684380046, 2.6097574011, -0.3413193965],
  },
  {
    coefficients: [1.35733652, -0.00915799, -1.1513021, -0.50559606, 0.00692167],
    weights: [-0.0041960863, -0.7034186147, 1.707614701],
  },
];

/** What a direction in a and b adds to l, m and s. */
function lmsOf(a: number, b: number): Triple {
  return [
    0.3963377774 * a + 0.2158037573 * b,
    -0.1055613458 * a - 0.0638541728 * b,
    -0.0894841775 * a - 1.291485548 * b,
  ];
}

/** The greatest chroma per lightness in a direction. */
function greatestSaturation(a: number, b: number): number {
  const part =
    -1.88170328 * a - 0.80936493 * b > 1 ? PARTS[0] : 1.81444104 * a - 1.19445276 * b > 1 ? PARTS[1] : PARTS[2];
  const [k0, k1, k2, k3, k4] = part.coefficients;
  const start = k0 + k1 * a + k2 * b + k3 * a * a + k4 * a * b;
  const k = lmsOf(a, b);
  let f = 0;
  let f1 = 0;
  let f2 = 0;
  for (let index = 0; index < 3; index++) {
    const root = 1 + start * k[index];
    f += part.weights[index] * root * root * root;
    f1 += part.weights[index] * 3 * k[index] * root * root;
    f2 += part.weights[index] * 6 * k[index] * k[index] * root;
  }
  // One step of Halley's method is enough.
  return start - (f * f1) / (f1 * f1 - 0.5 * f * f2);
}

/** The colour with the greatest chroma in a direction. */
function cusp(a: number, b: number): Point {
  const saturation = greatestSaturation(a, b);
  const l = Math.cbrt(1 / Math.max(...toLinear([1, saturation * a, saturation * b])));
  return {l, c: l * saturation};
}

/** Slopes of the triangle below the cusp: from black and from white. */
function slopes({l, c}: Point): {s: number; t: number} {
  return {s: c / l, t: c / (1 - l)};
}

/** The greatest chroma at a lightness. */
function greatestChroma(a: number, b: number, l: number, top: Point): number {
  if (l <= top.l) return (top.c * l) / top.l;
  let t = (top.c * (l - 1)) / (top.l - 1);
  const k = lmsOf(a, b);
  const step = PARTS.map(({weights}) => {
    let f = -1;
    let f1 = 0;
    let f2 = 0;
    for (let index = 0; index < 3; index++) {
      const root = l + t * k[index];
      f += weights[index] * root * root * root;
      f1 += weights[index] * 3 * k[index] * root * root;
      f2 += weights[index] * 6 * k[index] * k[index] * root;
    }
    const u = f1 / (f1 * f1 - 0.5 * f * f2);
    return u >= 0 ? -f * u : Infinity;
  });
  t += Math.min(...step);
  return t;
}

/** Chromas at saturations 0 (its slope), 0.8 and 1 for a lightness and a direction. */
function chromas(l: number, a: number, b: number): {first: number; middle: number; most: number} {
  const top = cusp(a, b);
  const most = greatestChroma(a, b, l, top);
  const {s, t} = slopes(top);
  const k = most / Math.min(l * s, (1 - l) * t);
  const low = l * middleS(a, b);
  const high = (1 - l) * middleT(a, b);
  const middle = 0.9 * k * Math.sqrt(Math.sqrt(1 / (1 / low ** 4 + 1 / high ** 4)));
  const dark = l * 0.4;
  const bright = (1 - l) * 0.8;
  return {first: Math.sqrt(1 / (1 / (dark * dark) + 1 / (bright * bright))), middle, most};
}

function middleS(a: number, b: number): number {
  const inner = -4.24894561 + 5.38770819 * b + 4.69891013 * a;
  const outer = -2.19557347 + 1.75198401 * b + a * (-2.13704948 - 10.02301043 * b + a * inner);
  return 0.11516993 + 1 / (7.4477897 + 4.1590124 * b + a * outer);
}

function middleT(a: number, b: number): number {
  const inner = 0.00299215 - 0.45399568 * b - 0.14661872 * a;
  const outer = 0.40370612 + 0.90148123 * b + a * (-0.27087943 + 0.6122399 * b + a * inner);
  return 0.11239642 + 1 / (1.6132032 - 0.68124379 * b + a * outer);
}

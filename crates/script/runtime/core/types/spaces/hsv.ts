import {normalizeHue} from './ColorSpace';
import type {ColorSpace} from './ColorSpace';

export const hsv: ColorSpace = {
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

export const hsl: ColorSpace = {
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

export const hwb: ColorSpace = {
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

/** Intensity instead of value; the hue is that of the others. */
export const hsi: ColorSpace = {
  hue: 0,
  fromRgb([r, g, b]) {
    const max = Math.max(r, g, b);
    const min = Math.min(r, g, b);
    const sum = r + g + b;
    return [hueOf(r, g, b, max, min), sum === 0 ? 0 : 1 - (3 * min) / sum, sum / 3];
  },
  toRgb([hue, s, i]) {
    const sixth = normalizeHue(isNaN(hue) ? 0 : hue) / 60;
    const ramp = Math.abs((sixth % 2) - 1);
    const high = i * (1 + s * (3 / (2 - ramp) - 1));
    const middle = i * (1 + s * ((3 * (1 - ramp)) / (2 - ramp) - 1));
    const low = i * (1 - s);
    switch (Math.floor(sixth)) {
      case 0:
        return [high, middle, low];
      case 1:
        return [middle, high, low];
      case 2:
        return [low, high, middle];
      case 3:
        return [low, middle, high];
      case 4:
        return [middle, low, high];
      default:
        return [high, low, middle];
    }
  },
};

function hueOf(r: number, g: number, b: number, max: number, min: number): number {
  if (max === min) return NaN;
  const range = max - min;
  if (max === r) return ((g - b) / range + (g < b ? 6 : 0)) * 60;
  if (max === g) return ((b - r) / range + 2) * 60;
  return ((r - g) / range + 4) * 60;
}

import type { ColorSpace } from './ColorSpace';
/** Okhsl: hue, saturation, lightness. */
export declare const okhsl: ColorSpace;
/** Okhsv: hue, saturation, value. */
export declare const okhsv: ColorSpace;

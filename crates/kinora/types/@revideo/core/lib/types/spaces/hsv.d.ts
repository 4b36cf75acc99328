import type { ColorSpace } from './ColorSpace';
export declare const hsv: ColorSpace;
export declare const hsl: ColorSpace;
export declare const hwb: ColorSpace;
/** Intensity instead of value; the hue is that of the others. */
export declare const hsi: ColorSpace;

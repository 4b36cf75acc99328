import type { ColorSpace, Triple } from './ColorSpace';
export declare const oklab: ColorSpace;
export declare const oklch: ColorSpace;
/** Linear sRGB of a colour in Oklab. */
export declare function toLinear(coords: Triple): Triple;

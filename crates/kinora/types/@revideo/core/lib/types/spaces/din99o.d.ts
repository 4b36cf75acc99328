import type { ColorSpace } from './ColorSpace';
/** DIN99o (DIN 6176) in its polar form, on Lab with D65. */
export declare const dlch: ColorSpace;
/** DIN99o with two opponent axes. */
export declare const dlab: ColorSpace;

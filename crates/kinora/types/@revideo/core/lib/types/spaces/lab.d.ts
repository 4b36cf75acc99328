import type { ColorSpace } from './ColorSpace';
export declare const lab: ColorSpace;
export declare const lch: ColorSpace;
export declare const lab65: ColorSpace;
export declare const lch65: ColorSpace;
export declare const luv: ColorSpace;
export declare const lchuv: ColorSpace;

import type { ColorSpace } from './ColorSpace';
export declare const rgb: ColorSpace;
export declare const lrgb: ColorSpace;
export declare const p3: ColorSpace;
export declare const a98: ColorSpace;
export declare const rec2020: ColorSpace;
export declare const prophoto: ColorSpace;
export declare const xyz50: ColorSpace;
export declare const xyz65: ColorSpace;

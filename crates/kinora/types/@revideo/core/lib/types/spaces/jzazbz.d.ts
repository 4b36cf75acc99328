import type { ColorSpace } from './ColorSpace';
export declare const jab: ColorSpace;
export declare const jch: ColorSpace;

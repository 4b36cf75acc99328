import type { ColorSpace } from './ColorSpace';
export declare const yiq: ColorSpace;

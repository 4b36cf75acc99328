import type { ColorSpace } from './ColorSpace';
export declare const cubehelix: ColorSpace;

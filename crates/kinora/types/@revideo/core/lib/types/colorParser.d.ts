import type { Triple } from './colorSpaces';
/** sRGB channels and alpha, 0–1 but not yet limited to it. */
export type Rgba = [number, number, number, number];
/**
 * Reads a CSS colour (CSS Color 4, and hex digits without `#`); null if it is none.
 *
 * As in the reference, names and hex digits may be in any case but functions, spaces and units may
 * not, and the last bracket may be missing unless there are commas.
 */
export declare function parseColor(text: string): Rgba | null;
/** The channels of 0xRRGGBB. */
export declare function fromNumber(value: number): Triple;

/** The colour names of CSS as 0xRRGGBB. */
export declare const COLOR_NAMES: Record<string, number>;

/** Coordinates in some colour space; a hue is NaN where there is none. */
export type Triple = [number, number, number];
/** A colour space seen from gamma-encoded sRGB, 0–1 per channel. */
export interface ColorSpace {
    fromRgb(rgb: Triple): Triple;
    toRgb(coords: Triple): Triple;
    /** Which coordinate is a hue in degrees, −1 if none. */
    hue: number;
}
/** The spaces that colours can be interpolated in. */
export declare const INTERPOLATION_SPACES: {
    rgb: ColorSpace;
    lrgb: ColorSpace;
    hsl: ColorSpace;
    hsv: ColorSpace;
    hwb: ColorSpace;
    lab: ColorSpace;
    lch: ColorSpace;
    lab65: ColorSpace;
    lch65: ColorSpace;
    oklab: ColorSpace;
    oklch: ColorSpace;
    p3: ColorSpace;
    xyz50: ColorSpace;
    xyz65: ColorSpace;
};
/** The spaces of the CSS function `color()`. */
export declare const CSS_COLOR_SPACES: Record<string, ColorSpace>;

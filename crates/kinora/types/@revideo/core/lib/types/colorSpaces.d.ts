import type { ColorSpace } from './spaces/ColorSpace';
export type { ColorSpace, Triple } from './spaces/ColorSpace';
/** The spaces that colours can be interpolated in. */
export declare const INTERPOLATION_SPACES: {
    a98: ColorSpace;
    cubehelix: ColorSpace;
    dlab: ColorSpace;
    dlch: ColorSpace;
    hsi: ColorSpace;
    hsl: ColorSpace;
    hsv: ColorSpace;
    hwb: ColorSpace;
    jab: ColorSpace;
    jch: ColorSpace;
    lab: ColorSpace;
    lab65: ColorSpace;
    lch: ColorSpace;
    lch65: ColorSpace;
    lchuv: ColorSpace;
    lrgb: ColorSpace;
    luv: ColorSpace;
    okhsl: ColorSpace;
    okhsv: ColorSpace;
    oklab: ColorSpace;
    oklch: ColorSpace;
    p3: ColorSpace;
    prophoto: ColorSpace;
    rec2020: ColorSpace;
    rgb: ColorSpace;
    xyz50: ColorSpace;
    xyz65: ColorSpace;
    yiq: ColorSpace;
};
/** The spaces of the CSS function `color()`, and those that the reference adds with two dashes. */
export declare const CSS_COLOR_SPACES: Record<string, ColorSpace>;

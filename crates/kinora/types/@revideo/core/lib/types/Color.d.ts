import type { Signal } from '../signals/SignalContext';
import type { SignalValue } from '../signals/types';
import type { InterpolationFunction } from '../tweening/types';
import { INTERPOLATION_SPACES } from './colorSpaces';
import type { Type } from './Type';
export type SerializedColor = string;
/** Channels 0–255 and alpha 0–1. */
export type ColorObject = {
    r: number;
    g: number;
    b: number;
    a?: number;
};
/** A colour, CSS text, 0xRRGGBB, or channels. */
export type PossibleColor = SerializedColor | number | Color | ColorObject;
/** A colour space to interpolate in. */
export type ColorInterpolationMode = keyof typeof INTERPOLATION_SPACES;
export type ColorSignal<TOwner = void> = Signal<PossibleColor, Color, TOwner>;
/** An sRGB colour; immutable. */
export declare class Color implements Type {
    static readonly symbol: unique symbol;
    static createSignal<TOwner = void>(initial?: SignalValue<PossibleColor>, interpolation?: InterpolationFunction<Color>, owner?: TOwner): ColorSignal<TOwner>;
    /**
     * In CIE LCH (D50) along the shorter hue unless told; a missing side counts as opaque black.
     *
     * `value` is limited to 0–1 but for alpha: under a timing function that overshoots, the colours
     * themselves are as far as it goes.
     */
    static lerp(this: void, from: PossibleColor | null, to: PossibleColor | null, value: number, mode?: ColorInterpolationMode): Color;
    static createLerp(mode: ColorInterpolationMode): (from: PossibleColor | null, to: PossibleColor | null, value: number) => Color;
    /** Red, 0–1. */
    readonly r: number;
    /** Green, 0–1. */
    readonly g: number;
    /** Blue, 0–1. */
    readonly b: number;
    /** Alpha, 0–1. */
    readonly a: number;
    /** The coordinates in the space used last. */
    private $$cached;
    private $$cachedMode;
    /** Throws if a text is not a colour. Nothing at all is opaque black. */
    constructor(value?: PossibleColor | null);
    lerp(to: PossibleColor | null, value: number, mode?: ColorInterpolationMode): Color;
    /** The same colour with another alpha; without an argument, the alpha. */
    alpha(): number;
    alpha(value: number): Color;
    /** `#rrggbbaa` */
    hex(): string;
    /** `rgb(r,g,b)`; alpha is left out, as in the reference. */
    css(): string;
    /** `[r, g, b, a]`, each 0–1. */
    gl(): [number, number, number, number];
    toSymbol(): symbol;
    toString(): string;
    toUniform(): void;
    /** `rgba(r, g, b, a)` with whole channels and three decimals of alpha. */
    serialize(): SerializedColor;
    /** Lightness, chroma, hue and alpha of this colour in LCH, and what is added to them on the way to another. */
    $$lchRow(to: Color): number[];
    private $$coordinates;
}

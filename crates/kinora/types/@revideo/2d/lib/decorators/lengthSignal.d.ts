import type { Signal } from '@revideo/core';
/** A length: pixels, a percentage such as `'50%'`, or `null` for automatic. */
export type Length = number | string | null;
/** A pair of lengths; one length stands for both. */
export type PossibleLengths = Length | [Length, Length] | {
    x: Length;
    y: Length;
} | {
    width: Length;
    height: Length;
} | undefined;
/** A pair of lengths that are set as any {@link PossibleLengths} and read as pixels. */
export type LengthsSignal<TOwner = void> = Signal<any, any, TOwner> & {
    x: Signal<Length, any, TOwner>;
    y: Signal<Length, any, TOwner>;
};
/** Both lengths of a pair: a vector if both are numbers. */
export declare function parseLengths(value: PossibleLengths): {
    x: Length;
    y: Length;
};
/** A pair of lengths with a prop for each. */
export declare function lengthsSignal(entries: {
    x: string;
    y: string;
}): PropertyDecorator;
/** Numbers blend; anything else jumps at the end. */
export declare function lerpLength(from: Length, to: Length, value: number): Length;

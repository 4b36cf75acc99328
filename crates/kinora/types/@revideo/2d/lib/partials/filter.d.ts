import type { SignalValue, SimpleSignal } from '@revideo/core';
/** The names of the picture filters. */
export type FilterName = 'invert' | 'sepia' | 'grayscale' | 'brightness' | 'contrast' | 'saturate' | 'hue' | 'blur';
/** What makes a filter. */
export interface FilterProps {
    name: FilterName;
    value: SignalValue<number>;
    /** The value at which the filter does nothing. */
    default: number;
}
/** Every filter's value at which it does nothing. */
export declare const FILTERS: Record<FilterName, Partial<FilterProps> & {
    name: FilterName;
    default: number;
}>;
/** A picture filter: CSS's effect of that name, hue in degrees, blur in pixels, the others as factors. */
export declare class Filter {
    /** The strength. */
    readonly value: SimpleSignal<number, Filter>;
    private readonly props;
    constructor(props: Partial<FilterProps> & {
        name: FilterName;
    });
    get name(): FilterName;
    /** The value at which the filter does nothing. */
    get default(): number;
    /** Whether the filter changes anything. */
    isActive(): boolean;
}
/** Inverts colours: 0 not at all, 1 fully. */
export declare function invert(value?: SignalValue<number>): Filter;
/** Tints towards sepia: 0 not at all, 1 fully. */
export declare function sepia(value?: SignalValue<number>): Filter;
/** Removes colour: 0 not at all, 1 fully. */
export declare function grayscale(value?: SignalValue<number>): Filter;
/** Multiplies brightness; 1 leaves it. */
export declare function brightness(value?: SignalValue<number>): Filter;
/** Multiplies contrast; 1 leaves it. */
export declare function contrast(value?: SignalValue<number>): Filter;
/** Multiplies saturation; 1 leaves it. */
export declare function saturate(value?: SignalValue<number>): Filter;
/** Rotates hues by degrees. */
export declare function hue(value?: SignalValue<number>): Filter;
/** Blurs with a Gaussian whose standard deviation is `value` pixels. */
export declare function blur(value?: SignalValue<number>): Filter;

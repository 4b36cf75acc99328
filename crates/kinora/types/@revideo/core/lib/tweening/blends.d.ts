import type { InterpolationFunction } from './types';
/**
 * How an interpolation function of ours blends: every component by itself, as numbers, or as a whole into
 * a new value. The latter has a row for the host, of the four coordinates at which a blend begins and
 * those by which its end differs; none where it cannot blend the values.
 */
export type Blend = 'components' | {
    row(from: any, to: any): readonly number[] | null;
};
/** Declares an interpolation function to be one of ours: calling it changes nothing, and it never fails. */
export declare function declareBlend(interpolation: InterpolationFunction<any>, blend: Blend): void;
/** How a function blends, if it is one of ours. */
export declare function blendOf(interpolation: InterpolationFunction<any>): Blend | undefined;

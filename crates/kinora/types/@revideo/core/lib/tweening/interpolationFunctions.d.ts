export { clamp, clampRemap, map, remap } from './helpers';
/** Interpolates strings: longer ones type in from the left, shorter ones shrink from the right. UTF-16 units. */
export declare function textLerp(from: string, to: string, value: number): string;
/** Switches at one half. */
export declare function boolLerp<T>(from: T, to: T, value: number): T;
/** Interpolates by kind: numbers, strings, booleans, arrays, objects, maps, anything with a `lerp` method. */
export declare function deepLerp<TFrom, TTo>(from: TFrom, to: TTo, value: number): TFrom | TTo;
export declare function deepLerp(from: any, to: any, value: number, suppressWarnings?: boolean): any;
/**
 * A point on a quarter of an ellipse from (0, 0) to (1, 1).
 *
 * @param reverse - whether the arc starts along the other axis.
 * @param ratio - ratio of the sides of the box, to even out the speed.
 */
export declare function arcLerp(value: number, reverse: boolean, ratio: number): {
    x: number;
    y: number;
};

import type { CompoundSignal } from '../signals/CompoundSignalContext';
import type { SignalValue } from '../signals/types';
import type { InterpolationFunction } from '../tweening/types';
import { Direction } from './Origin';
import type { Origin } from './Origin';
import type { Type } from './Type';
export type SerializedVector2<T = number> = {
    x: T;
    y: T;
};
export type PossibleVector2<T = number> = SerializedVector2<T> | {
    width: T;
    height: T;
} | T | [T, T] | undefined;
export type Vector2Signal<TOwner = void> = CompoundSignal<PossibleVector2, Vector2, 'x' | 'y', TOwner>;
export type SimpleVector2Signal<TOwner = void> = Vector2Signal<TOwner>;
/** A point or a size; y points down. */
export declare class Vector2 implements Type {
    static readonly symbol: unique symbol;
    static readonly zero: Vector2;
    static readonly one: Vector2;
    static readonly right: Vector2;
    static readonly left: Vector2;
    static readonly up: Vector2;
    static readonly down: Vector2;
    static readonly top: Vector2;
    static readonly bottom: Vector2;
    static readonly topLeft: Vector2;
    static readonly topRight: Vector2;
    static readonly bottomLeft: Vector2;
    static readonly bottomRight: Vector2;
    static createSignal<TOwner = void>(initial?: SignalValue<PossibleVector2>, interpolation?: InterpolationFunction<Vector2>, owner?: TOwner): Vector2Signal<TOwner>;
    /** Linear; `value` may differ per axis. */
    static lerp(this: void, from: Vector2, to: Vector2, value: number | Vector2): Vector2;
    /** Along a quarter of an ellipse. */
    static arcLerp(this: void, from: Vector2, to: Vector2, value: number, reverse?: boolean, ratio?: number): Vector2;
    static createArcLerp(reverse?: boolean, ratio?: number): InterpolationFunction<Vector2>;
    /** Around `origin`: angle and distance are interpolated. */
    static polarLerp(this: void, from: Vector2, to: Vector2, value: number, counterclockwise?: boolean, origin?: Vector2): Vector2;
    static createPolarLerp(counterclockwise?: boolean, center?: PossibleVector2): InterpolationFunction<Vector2>;
    /** The point of a box from −1 to 1. */
    static fromOrigin(origin: Origin | Direction): Vector2;
    static fromScalar(value: number): Vector2;
    static fromRadians(radians: number): Vector2;
    static fromDegrees(degrees: number): Vector2;
    static radians(x: number, y: number): number;
    static degrees(x: number, y: number): number;
    static magnitude(x: number, y: number): number;
    static squaredMagnitude(x: number, y: number): number;
    /** The angle from `u` to `v` in radians, −π to π. */
    static angleBetween(u: Vector2, v: Vector2): number;
    x: number;
    y: number;
    constructor();
    constructor(from: PossibleVector2);
    constructor(x: number, y: number);
    get width(): number;
    set width(value: number);
    get height(): number;
    set height(value: number);
    get magnitude(): number;
    get squaredMagnitude(): number;
    get normalized(): Vector2;
    /** With 0 in place of NaN. */
    get safe(): Vector2;
    get flipped(): Vector2;
    get floored(): Vector2;
    get perpendicular(): Vector2;
    get radians(): number;
    get degrees(): number;
    /** The cotangent of the angle. */
    get ctg(): number;
    lerp(to: Vector2, value: number | Vector2): Vector2;
    /** Where the origin of a box of this size lies, seen from its centre. */
    getOriginOffset(origin: Origin | Direction): Vector2;
    scale(value: number): Vector2;
    mul(other: PossibleVector2): Vector2;
    div(other: PossibleVector2): Vector2;
    add(other: PossibleVector2): Vector2;
    sub(other: PossibleVector2): Vector2;
    dot(other: PossibleVector2): number;
    cross(other: PossibleVector2): number;
    mod(other: PossibleVector2): Vector2;
    addX(value: number): Vector2;
    addY(value: number): Vector2;
    toSymbol(): symbol;
    toString(): string;
    toArray(): [number, number];
    toUniform(): void;
    serialize(): SerializedVector2;
    exactlyEquals(other: Vector2): boolean;
    equals(other: Vector2, threshold?: number): boolean;
}

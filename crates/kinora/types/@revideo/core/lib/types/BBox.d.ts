import type { CompoundSignal } from '../signals/CompoundSignalContext';
import type { SignalValue } from '../signals/types';
import type { InterpolationFunction } from '../tweening/types';
import type { PossibleMatrix2D } from './Matrix2D';
import { Spacing } from './Spacing';
import type { PossibleSpacing } from './Spacing';
import type { Type } from './Type';
import { Vector2 } from './Vector';
import type { PossibleVector2 } from './Vector';
export type SerializedBBox = {
    x: number;
    y: number;
    width: number;
    height: number;
};
export type PossibleBBox = SerializedBBox | [number, number, number, number] | Vector2 | undefined;
export type BBoxSignal<TOwner = void> = CompoundSignal<PossibleBBox, BBox, 'x' | 'y' | 'width' | 'height', TOwner>;
export type RectSignal<TOwner = void> = BBoxSignal<TOwner>;
/** A rectangle along the axes; x, y is its top left corner. */
export declare class BBox implements Type {
    static readonly symbol: unique symbol;
    static createSignal<TOwner = void>(initial?: SignalValue<PossibleBBox>, interpolation?: InterpolationFunction<BBox>, owner?: TOwner): BBoxSignal<TOwner>;
    /** Linear; `value` may differ per edge. */
    static lerp(this: void, from: BBox, to: BBox, value: number | Vector2 | BBox): BBox;
    static arcLerp(this: void, from: BBox, to: BBox, value: number, reverse?: boolean, ratio?: number): BBox;
    static fromSizeCentered(size: Vector2): BBox;
    /** The smallest box around points. */
    static fromPoints(...points: Vector2[]): BBox;
    /** The smallest box around boxes. */
    static fromBBoxes(...boxes: BBox[]): BBox;
    x: number;
    y: number;
    width: number;
    height: number;
    constructor();
    constructor(from: PossibleBBox);
    constructor(position: Vector2, size?: Vector2);
    constructor(x: number, y?: number, width?: number, height?: number);
    lerp(to: BBox, value: number | Vector2 | BBox): BBox;
    get position(): Vector2;
    set position(value: Vector2);
    get size(): Vector2;
    set size(value: Vector2);
    get center(): Vector2;
    set center(value: Vector2);
    get left(): number;
    set left(value: number);
    get right(): number;
    set right(value: number);
    get top(): number;
    set top(value: number);
    get bottom(): number;
    set bottom(value: number);
    get topLeft(): Vector2;
    get topRight(): Vector2;
    get bottomLeft(): Vector2;
    get bottomRight(): Vector2;
    /** Clockwise from the top left. */
    get corners(): [Vector2, Vector2, Vector2, Vector2];
    /** On whole pixels, with one to spare. */
    get pixelPerfect(): BBox;
    /**
     * The box whose position is transformed as a point and whose size as a direction, as in the
     * reference. The box around the transformed corners is `BBox.fromPoints(...box.transformCorners(matrix))`.
     */
    transform(matrix: PossibleMatrix2D): BBox;
    transformCorners(matrix: PossibleMatrix2D): Vector2[];
    expand(value: PossibleSpacing): BBox;
    addSpacing(spacing: Spacing): BBox;
    includes(point: PossibleVector2): boolean;
    intersects(other: BBox): boolean;
    /** The common part, empty at the origin if there is none. */
    intersection(other: BBox): BBox;
    union(other: BBox): BBox;
    exactlyEquals(other: BBox): boolean;
    toSymbol(): symbol;
    toString(): string;
    toUniform(): void;
    serialize(): SerializedBBox;
}

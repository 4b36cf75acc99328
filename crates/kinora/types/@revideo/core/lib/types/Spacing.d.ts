import type { CompoundSignal } from '../signals/CompoundSignalContext';
import type { SignalValue } from '../signals/types';
import type { InterpolationFunction } from '../tweening/types';
import type { Type } from './Type';
export type SerializedSpacing = {
    top: number;
    right: number;
    bottom: number;
    left: number;
};
export type PossibleSpacing = SerializedSpacing | number | [number, number] | [number, number, number] | [number, number, number, number] | undefined;
export type SpacingSignal<TOwner = void> = CompoundSignal<PossibleSpacing, Spacing, 'top' | 'right' | 'bottom' | 'left', TOwner>;
/** Four edges, in the order of CSS. */
export declare class Spacing implements Type {
    static readonly symbol: unique symbol;
    static createSignal<TOwner = void>(initial?: SignalValue<PossibleSpacing>, interpolation?: InterpolationFunction<Spacing>, owner?: TOwner): SpacingSignal<TOwner>;
    static lerp(this: void, from: Spacing, to: Spacing, value: number): Spacing;
    top: number;
    right: number;
    bottom: number;
    left: number;
    constructor();
    constructor(from: PossibleSpacing);
    constructor(all: number);
    constructor(vertical: number, horizontal: number);
    constructor(top: number, horizontal: number, bottom: number);
    constructor(top: number, right: number, bottom: number, left: number);
    /** Left and right together. */
    get x(): number;
    /** Top and bottom together. */
    get y(): number;
    lerp(to: Spacing, value: number): Spacing;
    scale(value: number): Spacing;
    addScalar(value: number): Spacing;
    toSymbol(): symbol;
    toString(): string;
    toUniform(): void;
    serialize(): SerializedSpacing;
}

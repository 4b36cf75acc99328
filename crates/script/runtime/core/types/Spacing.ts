import {CompoundSignalContext} from '../signals/CompoundSignalContext';
import type {CompoundSignal} from '../signals/CompoundSignalContext';
import {declareKeeper} from '../signals/parsers';
import type {SignalValue} from '../signals/types';
import {map} from '../tweening/interpolationFunctions';
import {declareBlend} from '../tweening/blends';
import type {InterpolationFunction} from '../tweening/types';
import {noUniform} from './Type';
import type {Type} from './Type';

export type SerializedSpacing = {top: number; right: number; bottom: number; left: number};

export type PossibleSpacing =
  | SerializedSpacing
  | number
  | [number, number]
  | [number, number, number]
  | [number, number, number, number]
  | undefined;

export type SpacingSignal<TOwner = void> = CompoundSignal<
  PossibleSpacing,
  Spacing,
  'top' | 'right' | 'bottom' | 'left',
  TOwner
>;

/** Four edges, in the order of CSS. */
export class Spacing implements Type {
  public static readonly symbol: unique symbol = Symbol.for('@revideo/core/types/Spacing');

  public static createSignal<TOwner = void>(
    initial?: SignalValue<PossibleSpacing>,
    interpolation: InterpolationFunction<Spacing> = Spacing.lerp,
    owner?: TOwner,
  ): SpacingSignal<TOwner> {
    return new CompoundSignalContext<PossibleSpacing, Spacing, 'top' | 'right' | 'bottom' | 'left', TOwner>(
      ['top', 'right', 'bottom', 'left'],
      parseSpacing,
      initial,
      interpolation,
      owner as TOwner,
    ).toSignal();
  }

  public static lerp(this: void, from: Spacing, to: Spacing, value: number): Spacing {
    return new Spacing(
      map(from.top, to.top, value),
      map(from.right, to.right, value),
      map(from.bottom, to.bottom, value),
      map(from.left, to.left, value),
    );
  }

  public top = 0;
  public right = 0;
  public bottom = 0;
  public left = 0;

  public constructor();
  public constructor(from: PossibleSpacing);
  public constructor(all: number);
  public constructor(vertical: number, horizontal: number);
  public constructor(top: number, horizontal: number, bottom: number);
  public constructor(top: number, right: number, bottom: number, left: number);
  public constructor(one: PossibleSpacing | null = 0, two?: number, three?: number, four?: number) {
    if (one === undefined || one === null) return;
    if (Array.isArray(one)) {
      four = one[3];
      three = one[2];
      two = one[1];
      one = one[0];
    }
    if (typeof one === 'number') {
      this.top = one;
      this.right = two ?? one;
      this.bottom = three ?? one;
      this.left = four ?? this.right;
      return;
    }
    this.top = one.top ?? 0;
    this.right = one.right ?? 0;
    this.bottom = one.bottom ?? 0;
    this.left = one.left ?? 0;
  }

  /** Left and right together. */
  public get x(): number {
    return this.left + this.right;
  }

  /** Top and bottom together. */
  public get y(): number {
    return this.top + this.bottom;
  }

  public lerp(to: Spacing, value: number): Spacing {
    return Spacing.lerp(this, to, value);
  }

  public scale(value: number): Spacing {
    return new Spacing(this.top * value, this.right * value, this.bottom * value, this.left * value);
  }

  public addScalar(value: number): Spacing {
    return new Spacing(this.top + value, this.right + value, this.bottom + value, this.left + value);
  }

  public toSymbol(): symbol {
    return Spacing.symbol;
  }

  public toString(): string {
    return `Spacing(${this.top}, ${this.right}, ${this.bottom}, ${this.left})`;
  }

  public toUniform(): void {
    noUniform();
  }

  public serialize(): SerializedSpacing {
    return {top: this.top, right: this.right, bottom: this.bottom, left: this.left};
  }
}

const parseSpacing = declareKeeper((value?: PossibleSpacing) => new Spacing(value));
declareKeeper(Spacing);
declareBlend(Spacing.lerp, 'components');

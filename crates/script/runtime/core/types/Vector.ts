import {CompoundSignalContext} from '../signals/CompoundSignalContext';
import type {CompoundSignal} from '../signals/CompoundSignalContext';
import {declareKeeper} from '../signals/parsers';
import type {SignalValue} from '../signals/types';
import {declareBlend} from '../tweening/blends';
import {arcLerp, clamp, map} from '../tweening/interpolationFunctions';
import type {InterpolationFunction} from '../tweening/types';
import {DEG2RAD, RAD2DEG} from './angles';
import {Direction} from './alignment';
import type {Origin} from './alignment';
import {EPSILON, noUniform} from './Type';
import type {Type} from './Type';

export type SerializedVector2<T = number> = {x: T; y: T};

export type PossibleVector2<T = number> = SerializedVector2<T> | {width: T; height: T} | T | [T, T] | undefined;

export type Vector2Signal<TOwner = void> = CompoundSignal<PossibleVector2, Vector2, 'x' | 'y', TOwner>;

export type SimpleVector2Signal<TOwner = void> = Vector2Signal<TOwner>;

interface MatrixNumbers {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

/** A transform that vectors take: numbers, an object of them, or one that has such an object. */
type PlaneMatrix = MatrixNumbers | {domMatrix: MatrixNumbers} | [number, number, number, number, number, number];

function matrixNumbers(matrix: PlaneMatrix): MatrixNumbers {
  if (Array.isArray(matrix)) {
    const [a, b, c, d, e, f] = matrix;
    return {a, b, c, d, e, f};
  }
  return 'domMatrix' in matrix ? matrix.domMatrix : matrix;
}

/** A point or a size; y points down. */
export class Vector2 implements Type {
  public static readonly symbol: unique symbol = Symbol.for('@revideo/core/types/Vector2');

  public static readonly zero: Vector2 = new Vector2();
  public static readonly one: Vector2 = new Vector2(1, 1);
  public static readonly right: Vector2 = new Vector2(1, 0);
  public static readonly left: Vector2 = new Vector2(-1, 0);
  public static readonly up: Vector2 = new Vector2(0, 1);
  public static readonly down: Vector2 = new Vector2(0, -1);
  public static readonly top: Vector2 = new Vector2(0, -1);
  public static readonly bottom: Vector2 = new Vector2(0, 1);
  public static readonly topLeft: Vector2 = new Vector2(-1, -1);
  public static readonly topRight: Vector2 = new Vector2(1, -1);
  public static readonly bottomLeft: Vector2 = new Vector2(-1, 1);
  public static readonly bottomRight: Vector2 = new Vector2(1, 1);

  public static createSignal<TOwner = void>(
    initial?: SignalValue<PossibleVector2>,
    interpolation: InterpolationFunction<Vector2> = Vector2.lerp,
    owner?: TOwner,
  ): Vector2Signal<TOwner> {
    return new CompoundSignalContext<PossibleVector2, Vector2, 'x' | 'y', TOwner>(
      ['x', 'y'],
      parseVector,
      initial,
      interpolation,
      owner as TOwner,
    ).toSignal();
  }

  /** Linear; `value` may differ per axis. */
  public static lerp(this: void, from: Vector2, to: Vector2, value: number | Vector2): Vector2 {
    const x = typeof value === 'number' ? value : value.x;
    const y = typeof value === 'number' ? value : value.y;
    return new Vector2(from.x + (to.x - from.x) * x, from.y + (to.y - from.y) * y);
  }

  /** Along a quarter of an ellipse. */
  public static arcLerp(
    this: void,
    from: Vector2,
    to: Vector2,
    value: number,
    reverse = false,
    ratio?: number,
  ): Vector2 {
    ratio ??= from.sub(to).ctg;
    return Vector2.lerp(from, to, new Vector2(arcLerp(value, reverse, ratio)));
  }

  public static createArcLerp(reverse?: boolean, ratio?: number): InterpolationFunction<Vector2> {
    return (from, to, value) => Vector2.arcLerp(from, to, value, reverse, ratio);
  }

  /** Around `origin`: angle and distance are interpolated. */
  public static polarLerp(
    this: void,
    from: Vector2,
    to: Vector2,
    value: number,
    counterclockwise = false,
    origin: Vector2 = Vector2.zero,
  ): Vector2 {
    from = from.sub(origin);
    to = to.sub(origin);
    const fromAngle = from.degrees;
    let toAngle = to.degrees;
    if (fromAngle > toAngle !== counterclockwise) toAngle += counterclockwise ? -360 : 360;
    const angle = map(fromAngle, toAngle, value) * DEG2RAD;
    const magnitude = map(from.magnitude, to.magnitude, value);
    return new Vector2(magnitude * Math.cos(angle) + origin.x, magnitude * Math.sin(angle) + origin.y);
  }

  public static createPolarLerp(counterclockwise = false, center?: PossibleVector2): InterpolationFunction<Vector2> {
    const origin = new Vector2(center);
    return (from, to, value) => Vector2.polarLerp(from, to, value, counterclockwise, origin);
  }

  /** The point of a box from −1 to 1. */
  public static fromOrigin(origin: Origin | Direction): Vector2 {
    const x = origin & Direction.Left ? -1 : origin & Direction.Right ? 1 : 0;
    const y = origin & Direction.Top ? -1 : origin & Direction.Bottom ? 1 : 0;
    return new Vector2(x, y);
  }

  public static fromScalar(value: number): Vector2 {
    return new Vector2(value, value);
  }

  public static fromRadians(radians: number): Vector2 {
    return new Vector2(Math.cos(radians), Math.sin(radians));
  }

  public static fromDegrees(degrees: number): Vector2 {
    return Vector2.fromRadians(degrees * DEG2RAD);
  }

  public static radians(x: number, y: number): number {
    return Math.atan2(y, x);
  }

  public static degrees(x: number, y: number): number {
    return Vector2.radians(x, y) * RAD2DEG;
  }

  public static magnitude(x: number, y: number): number {
    return Math.sqrt(x * x + y * y);
  }

  public static squaredMagnitude(x: number, y: number): number {
    return x * x + y * y;
  }

  /** The angle from `u` to `v` in radians, −π to π. */
  public static angleBetween(u: Vector2, v: Vector2): number {
    return Math.acos(clamp(-1, 1, u.dot(v) / (u.magnitude * v.magnitude))) * (u.cross(v) >= 0 ? 1 : -1);
  }

  public x = 0;
  public y = 0;

  public constructor();
  public constructor(from: PossibleVector2);
  public constructor(x: number, y: number);
  public constructor(first?: PossibleVector2 | null, second?: number) {
    if (first === undefined || first === null) return;
    if (typeof first === 'number') {
      this.x = first;
      this.y = second ?? first;
    } else if (first instanceof Vector2) {
      this.x = first.x;
      this.y = first.y;
    } else if (typeof first !== 'object') {
      // Whatever else is not made of two parts stands for both, as in the reference.
      this.x = first;
      this.y = second ?? first;
    } else if (Array.isArray(first)) {
      this.x = first[0];
      this.y = first[1];
    } else if ('width' in first) {
      this.x = first.width;
      this.y = first.height;
    } else {
      this.x = first.x;
      this.y = first.y;
    }
  }

  public get width(): number {
    return this.x;
  }

  public set width(value: number) {
    this.x = value;
  }

  public get height(): number {
    return this.y;
  }

  public set height(value: number) {
    this.y = value;
  }

  public get magnitude(): number {
    return Vector2.magnitude(this.x, this.y);
  }

  public get squaredMagnitude(): number {
    return Vector2.squaredMagnitude(this.x, this.y);
  }

  public get normalized(): Vector2 {
    return this.scale(1 / Vector2.magnitude(this.x, this.y));
  }

  /** With 0 in place of NaN. */
  public get safe(): Vector2 {
    return new Vector2(isNaN(this.x) ? 0 : this.x, isNaN(this.y) ? 0 : this.y);
  }

  public get flipped(): Vector2 {
    return new Vector2(-this.x, -this.y);
  }

  /** Both components through a function. */
  public map(callback: (value: number, index: number) => number): Vector2 {
    return new Vector2(callback(this.x, 0), callback(this.y, 1));
  }

  /** The point after a transform. */
  public transformAsPoint(matrix: PlaneMatrix): Vector2 {
    const {a, b, c, d, e, f} = matrixNumbers(matrix);
    return new Vector2(this.x * a + this.y * c + e, this.x * b + this.y * d + f);
  }

  /** The direction after a transform, whose translation does not count. */
  public transform(matrix: PlaneMatrix): Vector2 {
    const {a, b, c, d} = matrixNumbers(matrix);
    return new Vector2(this.x * a + this.y * c, this.x * b + this.y * d);
  }

  /** The point turned around another, in degrees. */
  public rotate(angle: number, center: PossibleVector2 = [0, 0]): Vector2 {
    const origin = new Vector2(center);
    const [sin, cos] = [Math.sin(angle * DEG2RAD), Math.cos(angle * DEG2RAD)];
    const {x, y} = this.sub(origin);
    return new Vector2(x * cos - y * sin, x * sin + y * cos).add(origin);
  }

  public *[Symbol.iterator](): Generator<number> {
    yield this.x;
    yield this.y;
  }

  public get rounded(): Vector2 {
    return new Vector2(Math.round(this.x), Math.round(this.y));
  }

  public get ceiled(): Vector2 {
    return new Vector2(Math.ceil(this.x), Math.ceil(this.y));
  }

  public get floored(): Vector2 {
    return new Vector2(Math.floor(this.x), Math.floor(this.y));
  }

  public get perpendicular(): Vector2 {
    return new Vector2(this.y, -this.x);
  }

  public get radians(): number {
    return Vector2.radians(this.x, this.y);
  }

  public get degrees(): number {
    return Vector2.degrees(this.x, this.y);
  }

  /** The cotangent of the angle. */
  public get ctg(): number {
    return this.x / this.y;
  }

  public lerp(to: Vector2, value: number | Vector2): Vector2 {
    return Vector2.lerp(this, to, value);
  }

  /** Where the origin of a box of this size lies, seen from its centre. */
  public getOriginOffset(origin: Origin | Direction): Vector2 {
    const offset = Vector2.fromOrigin(origin);
    offset.x *= this.x / 2;
    offset.y *= this.y / 2;
    return offset;
  }

  public scale(value: number): Vector2 {
    return new Vector2(this.x * value, this.y * value);
  }

  public mul(other: PossibleVector2): Vector2 {
    const vector = new Vector2(other);
    return new Vector2(this.x * vector.x, this.y * vector.y);
  }

  public div(other: PossibleVector2): Vector2 {
    const vector = new Vector2(other);
    return new Vector2(this.x / vector.x, this.y / vector.y);
  }

  public add(other: PossibleVector2): Vector2 {
    const vector = new Vector2(other);
    return new Vector2(this.x + vector.x, this.y + vector.y);
  }

  public sub(other: PossibleVector2): Vector2 {
    const vector = new Vector2(other);
    return new Vector2(this.x - vector.x, this.y - vector.y);
  }

  public dot(other: PossibleVector2): number {
    const vector = new Vector2(other);
    return this.x * vector.x + this.y * vector.y;
  }

  public cross(other: PossibleVector2): number {
    const vector = new Vector2(other);
    return this.x * vector.y - this.y * vector.x;
  }

  public mod(other: PossibleVector2): Vector2 {
    const vector = new Vector2(other);
    return new Vector2(this.x % vector.x, this.y % vector.y);
  }

  public addX(value: number): Vector2 {
    return new Vector2(this.x + value, this.y);
  }

  public addY(value: number): Vector2 {
    return new Vector2(this.x, this.y + value);
  }

  public toSymbol(): symbol {
    return Vector2.symbol;
  }

  public toString(): string {
    return `Vector2(${this.x}, ${this.y})`;
  }

  public toArray(): [number, number] {
    return [this.x, this.y];
  }

  public toUniform(): void {
    noUniform();
  }

  public serialize(): SerializedVector2 {
    return {x: this.x, y: this.y};
  }

  public exactlyEquals(other: Vector2): boolean {
    return this.x === other.x && this.y === other.y;
  }

  public equals(other: Vector2, threshold: number = EPSILON): boolean {
    return (
      Math.abs(this.x - other.x) <= threshold + Number.EPSILON &&
      Math.abs(this.y - other.y) <= threshold + Number.EPSILON
    );
  }
}

const parseVector = declareKeeper((value?: PossibleVector2) => new Vector2(value));
declareKeeper(Vector2);
declareBlend(Vector2.lerp, 'components');

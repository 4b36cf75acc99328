import {CompoundSignalContext} from '../signals/CompoundSignalContext';
import type {CompoundSignal} from '../signals/CompoundSignalContext';
import {declareKeeper} from '../signals/parsers';
import type {SignalValue} from '../signals/types';
import {arcLerp, map} from '../tweening/interpolationFunctions';
import {declareBlend} from '../tweening/blends';
import type {InterpolationFunction} from '../tweening/types';
import type {PossibleMatrix2D} from './Matrix2D';
import {Spacing} from './Spacing';
import type {PossibleSpacing} from './Spacing';
import {transformVector, transformVectorAsPoint} from './transform';
import {noUniform} from './Type';
import type {Type} from './Type';
import {Vector2} from './Vector';
import type {PossibleVector2} from './Vector';

export type SerializedBBox = {x: number; y: number; width: number; height: number};

export type PossibleBBox = SerializedBBox | [number, number, number, number] | Vector2 | undefined;

export type BBoxSignal<TOwner = void> = CompoundSignal<PossibleBBox, BBox, 'x' | 'y' | 'width' | 'height', TOwner>;

export type RectSignal<TOwner = void> = BBoxSignal<TOwner>;

/** A rectangle along the axes; x, y is its top left corner. */
export class BBox implements Type {
  public static readonly symbol: unique symbol = Symbol.for('@revideo/core/types/Rect');

  public static createSignal<TOwner = void>(
    initial?: SignalValue<PossibleBBox>,
    interpolation: InterpolationFunction<BBox> = BBox.lerp,
    owner?: TOwner,
  ): BBoxSignal<TOwner> {
    return new CompoundSignalContext<PossibleBBox, BBox, 'x' | 'y' | 'width' | 'height', TOwner>(
      ['x', 'y', 'width', 'height'],
      parseBox,
      initial,
      interpolation,
      owner as TOwner,
    ).toSignal();
  }

  /** Linear; `value` may differ per edge. */
  public static lerp(this: void, from: BBox, to: BBox, value: number | Vector2 | BBox): BBox {
    let x: number;
    let y: number;
    let width: number;
    let height: number;
    if (typeof value === 'number') {
      x = y = width = height = value;
    } else if (value instanceof Vector2) {
      x = width = value.x;
      y = height = value.y;
    } else {
      ({x, y, width, height} = value);
    }
    return new BBox(
      map(from.x, to.x, x),
      map(from.y, to.y, y),
      map(from.width, to.width, width),
      map(from.height, to.height, height),
    );
  }

  public static arcLerp(this: void, from: BBox, to: BBox, value: number, reverse = false, ratio?: number): BBox {
    ratio ??= (from.position.sub(to.position).ctg + from.size.sub(to.size).ctg) / 2;
    return BBox.lerp(from, to, new Vector2(arcLerp(value, reverse, ratio)));
  }

  public static fromSizeCentered(size: Vector2): BBox {
    return new BBox(-size.width / 2, -size.height / 2, size.width, size.height);
  }

  /** The smallest box around points. */
  public static fromPoints(...points: Vector2[]): BBox {
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (const {x, y} of points) {
      if (x > maxX) maxX = x;
      if (x < minX) minX = x;
      if (y > maxY) maxY = y;
      if (y < minY) minY = y;
    }
    return new BBox(minX, minY, maxX - minX, maxY - minY);
  }

  /** The smallest box around boxes. */
  public static fromBBoxes(...boxes: BBox[]): BBox {
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (const box of boxes) {
      if (box.right > maxX) maxX = box.right;
      if (box.x < minX) minX = box.x;
      if (box.bottom > maxY) maxY = box.bottom;
      if (box.y < minY) minY = box.y;
    }
    return new BBox(minX, minY, maxX - minX, maxY - minY);
  }

  public x = 0;
  public y = 0;
  public width = 0;
  public height = 0;

  public constructor();
  public constructor(from: PossibleBBox);
  public constructor(position: Vector2, size?: Vector2);
  public constructor(x: number, y?: number, width?: number, height?: number);
  public constructor(one?: PossibleBBox | number | null, two: Vector2 | number = 0, three = 0, four = 0) {
    if (one === undefined || one === null) return;
    if (typeof one === 'number') {
      this.x = one;
      this.y = two as number;
      this.width = three;
      this.height = four;
    } else if (one instanceof Vector2) {
      this.x = one.x;
      this.y = one.y;
      if (two instanceof Vector2) {
        this.width = two.x;
        this.height = two.y;
      }
    } else if (Array.isArray(one)) {
      [this.x, this.y, this.width, this.height] = one;
    } else {
      this.x = one.x;
      this.y = one.y;
      this.width = one.width;
      this.height = one.height;
    }
  }

  public lerp(to: BBox, value: number | Vector2 | BBox): BBox {
    return BBox.lerp(this, to, value);
  }

  public get position(): Vector2 {
    return new Vector2(this.x, this.y);
  }

  public set position(value: Vector2) {
    this.x = value.x;
    this.y = value.y;
  }

  public get size(): Vector2 {
    return new Vector2(this.width, this.height);
  }

  public set size(value: Vector2) {
    this.width = value.x;
    this.height = value.y;
  }

  public get center(): Vector2 {
    return new Vector2(this.x + this.width / 2, this.y + this.height / 2);
  }

  public set center(value: Vector2) {
    this.x = value.x - this.width / 2;
    this.y = value.y - this.height / 2;
  }

  public get left(): number {
    return this.x;
  }

  public set left(value: number) {
    this.width += this.x - value;
    this.x = value;
  }

  public get right(): number {
    return this.x + this.width;
  }

  public set right(value: number) {
    this.width = value - this.x;
  }

  public get top(): number {
    return this.y;
  }

  public set top(value: number) {
    this.height += this.y - value;
    this.y = value;
  }

  public get bottom(): number {
    return this.y + this.height;
  }

  public set bottom(value: number) {
    this.height = value - this.y;
  }

  public get topLeft(): Vector2 {
    return this.position;
  }

  public get topRight(): Vector2 {
    return new Vector2(this.x + this.width, this.y);
  }

  public get bottomLeft(): Vector2 {
    return new Vector2(this.x, this.y + this.height);
  }

  public get bottomRight(): Vector2 {
    return new Vector2(this.x + this.width, this.y + this.height);
  }

  /** Clockwise from the top left. */
  public get corners(): [Vector2, Vector2, Vector2, Vector2] {
    return [this.topLeft, this.topRight, this.bottomRight, this.bottomLeft];
  }

  /** On whole pixels, with one to spare. */
  public get pixelPerfect(): BBox {
    return new BBox(Math.floor(this.x), Math.floor(this.y), Math.ceil(this.width + 1), Math.ceil(this.height + 1));
  }

  /**
   * The box whose position is transformed as a point and whose size as a direction, as in the
   * reference. The box around the transformed corners is `BBox.fromPoints(...box.transformCorners(matrix))`.
   */
  public transform(matrix: PossibleMatrix2D): BBox {
    return new BBox(transformVectorAsPoint(this.position, matrix), transformVector(this.size, matrix));
  }

  public transformCorners(matrix: PossibleMatrix2D): Vector2[] {
    return this.corners.map(corner => transformVectorAsPoint(corner, matrix));
  }

  public expand(value: PossibleSpacing): BBox {
    return this.addSpacing(new Spacing(value));
  }

  public addSpacing(spacing: Spacing): BBox {
    return new BBox(this.x - spacing.left, this.y - spacing.top, this.width + spacing.x, this.height + spacing.y);
  }

  public includes(point: PossibleVector2): boolean {
    const {x, y} = new Vector2(point);
    return x >= this.x && x <= this.x + this.width && y >= this.y && y <= this.y + this.height;
  }

  public intersects(other: BBox): boolean {
    return this.left < other.right && this.right > other.left && this.top < other.bottom && this.bottom > other.top;
  }

  /** The common part, empty at the origin if there is none. */
  public intersection(other: BBox): BBox {
    if (!this.intersects(other)) return new BBox();
    const x = Math.max(this.x, other.x);
    const y = Math.max(this.y, other.y);
    return new BBox(x, y, Math.min(this.right, other.right) - x, Math.min(this.bottom, other.bottom) - y);
  }

  public union(other: BBox): BBox {
    const box = new BBox();
    box.left = Math.min(this.left, other.left);
    box.top = Math.min(this.top, other.top);
    box.right = Math.max(this.right, other.right);
    box.bottom = Math.max(this.bottom, other.bottom);
    return box;
  }

  public exactlyEquals(other: BBox): boolean {
    return this.x === other.x && this.y === other.y && this.width === other.width && this.height === other.height;
  }

  public toSymbol(): symbol {
    return BBox.symbol;
  }

  public toString(): string {
    return `BBox(${this.x}, ${this.y}, ${this.width}, ${this.height})`;
  }

  public toUniform(): void {
    noUniform();
  }

  public serialize(): SerializedBBox {
    return {x: this.x, y: this.y, width: this.width, height: this.height};
  }
}

const parseBox = declareKeeper((value?: PossibleBBox) => new BBox(value));
declareKeeper(BBox);
declareBlend(BBox.lerp, 'components');

import {BBox, Vector2} from '@revideo/core';
import type {CurvePoint} from './curvePoint';
import {Polynomial2D} from './Polynomial2D';
import {Lengths, Segment} from './Segment';
import type {SegmentContext} from './Segment';

/** A piece of a Bézier curve. */
export abstract class PolynomialSegment extends Segment {
  readonly #lengths: Lengths;

  protected constructor(protected readonly curve: Polynomial2D) {
    super();
    this.#lengths = new Lengths(t => curve.evalDerivative(t).magnitude);
  }

  public abstract override get points(): Vector2[];

  public get arcLength(): number {
    return this.#lengths.whole;
  }

  public getBBox(): BBox {
    return this.curve.getBounds();
  }

  /** The point at a parameter from 0 to 1, which is no part of the length. */
  public eval(t: number): CurvePoint {
    const tangent = this.tangent(t);
    return {position: this.curve.eval(t), tangent, normal: tangent.perpendicular};
  }

  /** Two pieces that together are this one, cut at a parameter. */
  public abstract split(t: number): [PolynomialSegment, PolynomialSegment];

  public getPoint(distance: number): CurvePoint {
    return this.eval(this.#lengths.parameter(distance));
  }

  public transformPoints(matrix: Parameters<Vector2['transformAsPoint']>[0]): Vector2[] {
    return this.points.map(point => point.transformAsPoint(matrix));
  }

  /** The direction at a parameter; where the curve stands still, that of a place beside. */
  public tangent(t: number): Vector2 {
    const beside = t < 0.5 ? t + 1e-4 : t - 1e-4;
    const velocity = this.curve.evalDerivative(t);
    return (velocity.magnitude > 1e-9 ? velocity : this.curve.evalDerivative(beside)).normalized;
  }

  public draw(context: SegmentContext, start = 0, end = 1, move = true): [CurvePoint, CurvePoint] {
    const first = this.#lengths.parameter(start);
    const last = this.#lengths.parameter(end);
    const [, after] = first > 0 ? this.split(first) : [null, this];
    const piece = last < 1 && first < 1 ? after.split((last - first) / (1 - first))[0] : after;
    const [from] = piece.points;
    if (move) context.moveTo(from.x, from.y);
    piece.$$drawTo(context);
    return [this.eval(first), this.eval(last)];
  }

  /** Draws all of it, on from where the context is. */
  public abstract $$drawTo(context: SegmentContext): void;
}

/** A piece with one control point. */
export class QuadBezierSegment extends PolynomialSegment {
  public constructor(
    public readonly p0: Vector2,
    public readonly p1: Vector2,
    public readonly p2: Vector2,
  ) {
    super(new Polynomial2D(p0, p1.sub(p0).scale(2), p0.sub(p1.scale(2)).add(p2)));
  }

  public get points(): Vector2[] {
    return [this.p0, this.p1, this.p2];
  }

  public split(t: number): [QuadBezierSegment, QuadBezierSegment] {
    const [a, b] = [this.p0.lerp(this.p1, t), this.p1.lerp(this.p2, t)];
    const middle = a.lerp(b, t);
    return [new QuadBezierSegment(this.p0, a, middle), new QuadBezierSegment(middle, b, this.p2)];
  }

  public $$drawTo(context: SegmentContext): void {
    context.quadraticCurveTo(this.p1.x, this.p1.y, this.p2.x, this.p2.y);
  }
}

/** A piece with two control points. */
export class CubicBezierSegment extends PolynomialSegment {
  public constructor(
    public readonly p0: Vector2,
    public readonly p1: Vector2,
    public readonly p2: Vector2,
    public readonly p3: Vector2,
  ) {
    super(
      new Polynomial2D(
        p0,
        p1.sub(p0).scale(3),
        p0.sub(p1.scale(2)).add(p2).scale(3),
        p3.sub(p0).add(p1.sub(p2).scale(3)),
      ),
    );
  }

  public get points(): Vector2[] {
    return [this.p0, this.p1, this.p2, this.p3];
  }

  public split(t: number): [CubicBezierSegment, CubicBezierSegment] {
    const [a, b, c] = [this.p0.lerp(this.p1, t), this.p1.lerp(this.p2, t), this.p2.lerp(this.p3, t)];
    const [d, e] = [a.lerp(b, t), b.lerp(c, t)];
    const middle = d.lerp(e, t);
    return [new CubicBezierSegment(this.p0, a, d, middle), new CubicBezierSegment(middle, e, c, this.p3)];
  }

  public $$drawTo(context: SegmentContext): void {
    context.bezierCurveTo(this.p1.x, this.p1.y, this.p2.x, this.p2.y, this.p3.x, this.p3.y);
  }
}

import {Vector2} from '@revideo/core';
import type {PathLike} from '../utils/canvas';
import type {CurvePoint} from './curvePoint';

/** What a segment draws on. */
export interface SegmentContext extends PathLike {
  ellipse(
    x: number,
    y: number,
    radiusX: number,
    radiusY: number,
    rotation: number,
    from: number,
    to: number,
    counterclockwise?: boolean,
  ): void;
}

/** A piece of a curve. Places on it are told as parts of its length, 0 to 1. */
export abstract class Segment {
  public abstract readonly points: Vector2[];

  public abstract get arcLength(): number;

  /** Draws from one place to another; gives the points there, whose directions lead away from the piece. */
  public abstract draw(context: SegmentContext, start: number, end: number, move: boolean): [CurvePoint, CurvePoint];

  public abstract getPoint(distance: number): CurvePoint;
}

/** A straight piece. */
export class LineSegment extends Segment {
  public readonly points: Vector2[];
  readonly #vector: Vector2;
  readonly #normal: Vector2;

  public constructor(
    public readonly from: Vector2,
    public readonly to: Vector2,
  ) {
    super();
    this.#vector = to.sub(from);
    this.#normal = this.#vector.perpendicular.normalized;
    this.points = [from, to];
  }

  public get arcLength(): number {
    return this.#vector.magnitude;
  }

  public draw(context: SegmentContext, start = 0, end = 1, move = false): [CurvePoint, CurvePoint] {
    const first = this.getPoint(start);
    const last = this.getPoint(end);
    if (move) context.moveTo(first.position.x, first.position.y);
    context.lineTo(last.position.x, last.position.y);
    return [first, {...last, tangent: this.#normal}];
  }

  public getPoint(distance: number): CurvePoint {
    return {
      position: this.from.add(this.#vector.scale(distance)),
      tangent: this.#normal.flipped,
      normal: this.#normal,
    };
  }
}

/** A piece of a circle, not more than half of it, from one direction to another. */
export class CircleSegment extends Segment {
  public readonly points: Vector2[];
  readonly #angle: number;
  /** 1, or -1 against the clock. */
  readonly #way: number;

  public constructor(
    private readonly center: Vector2,
    private readonly radius: number,
    private readonly from: Vector2,
    private readonly to: Vector2,
    private readonly counter: boolean,
  ) {
    super();
    this.#angle = Math.acos(Math.max(-1, Math.min(1, from.dot(to))));
    this.#way = counter ? -1 : 1;
    const edge = new Vector2(radius, radius);
    this.points = [center.sub(edge), center.add(edge)];
  }

  public get arcLength(): number {
    return this.#angle * this.radius;
  }

  public draw(context: SegmentContext, from: number, to: number): [CurvePoint, CurvePoint] {
    const start = this.from.radians + from * this.#angle * this.#way;
    const end = this.to.radians - (1 - to) * this.#angle * this.#way;
    context.arc(this.center.x, this.center.y, this.radius, start, end, this.counter);
    const across = (angle: number) => Vector2.fromRadians(angle).scale(this.#way);
    const [first, last] = [across(start), across(end)];
    return [
      {position: this.#at(start), tangent: first.flipped, normal: first},
      {position: this.#at(end), tangent: last, normal: last},
    ];
  }

  public getPoint(distance: number): CurvePoint {
    const angle = this.from.radians + distance * this.#angle;
    const normal = Vector2.fromRadians(angle).scale(-this.#way);
    return {position: this.#at(angle), tangent: normal, normal};
  }

  #at(angle: number): Vector2 {
    return this.center.add(Vector2.fromRadians(angle).scale(this.radius));
  }
}

/** Lengths of a piece up to places on it, and the place that a length leads to. */
export class Lengths {
  static readonly #PIECES = 32;
  readonly #upTo: number[] = [0];

  /** `speed` tells how fast a place moves as its parameter does. */
  public constructor(speed: (t: number) => number) {
    const step = 1 / Lengths.#PIECES;
    // Gauss's rule of five points.
    const places = [0, 0.538469310105683, 0.906179845938664];
    const weights = [0.568888888888889, 0.478628670499366, 0.236926885056189];
    for (let piece = 0; piece < Lengths.#PIECES; piece++) {
      const middle = (piece + 0.5) * step;
      let sum = weights[0] * speed(middle);
      for (const index of [1, 2]) {
        const away = (places[index] * step) / 2;
        sum += weights[index] * (speed(middle - away) + speed(middle + away));
      }
      this.#upTo.push(this.#upTo[piece] + (sum * step) / 2);
    }
  }

  public get whole(): number {
    return this.#upTo[Lengths.#PIECES];
  }

  /** The parameter of the place that a part of the whole length leads to. */
  public parameter(part: number): number {
    const wanted = Math.max(0, Math.min(1, part)) * this.whole;
    const after = this.#upTo.findIndex(length => length >= wanted);
    if (after <= 0) return 0;
    const before = this.#upTo[after - 1];
    return (after - 1 + (wanted - before) / (this.#upTo[after] - before)) / Lengths.#PIECES;
  }
}

/** A piece of an ellipse around the origin, between two of its angles. */
export class EllipseSegment extends Segment {
  public readonly points: Vector2[];
  readonly #lengths: Lengths;

  public constructor(
    private readonly radius: Vector2,
    private readonly from: number,
    private readonly to: number,
  ) {
    super();
    this.#lengths = new Lengths(t => this.#velocity(this.#angle(t)).magnitude * Math.abs(to - from));
    this.points = [this.#at(from), this.#at(to)];
  }

  public get arcLength(): number {
    return this.#lengths.whole;
  }

  public draw(context: SegmentContext, start = 0, end = 1, move = false): [CurvePoint, CurvePoint] {
    const [first, last] = [start, end].map(part => this.#angle(this.#lengths.parameter(part)));
    const counter = this.to < this.from;
    const {x, y} = this.#at(first);
    if (move) context.moveTo(x, y);
    context.ellipse(0, 0, this.radius.x, this.radius.y, 0, first, last, counter);
    return [this.#point(first), this.#point(last)];
  }

  public getPoint(distance: number): CurvePoint {
    return this.#point(this.#angle(this.#lengths.parameter(distance)));
  }

  #angle(t: number): number {
    return this.from + t * (this.to - this.from);
  }

  #at(angle: number): Vector2 {
    return new Vector2(this.radius.x * Math.cos(angle), this.radius.y * Math.sin(angle));
  }

  #velocity(angle: number): Vector2 {
    return new Vector2(-this.radius.x * Math.sin(angle), this.radius.y * Math.cos(angle));
  }

  #point(angle: number): CurvePoint {
    const tangent = this.#velocity(angle).normalized.scale(Math.sign(this.to - this.from));
    return {position: this.#at(angle), tangent, normal: tangent.perpendicular};
  }
}

import type {AffineInit} from '../core/types/Affine';
import {canvasColor} from './colors';
import {matrixNumbers} from './DOMMatrix';
import {domError} from './errors';
import type {Drawable} from './sources';
import type {Tape} from './tape';

/** What a context fills or strokes with beside colours. */
export interface Ink {
  /** Colours have one. */
  readonly text?: undefined;
  /** Rises whenever it changes. */
  readonly $$version: number;
  /** What the stage is told of it. */
  $$encode(tape: Tape): number[];
}

/** A colour ramp. */
export class CanvasGradient implements Ink {
  declare public readonly text?: undefined;
  public $$version = 0;
  private readonly stops: number[] = [];

  public constructor(
    private readonly kind: number,
    private readonly place: readonly number[],
  ) {
    if (!place.every(Number.isFinite)) throw new TypeError('a gradient needs finite numbers');
  }

  public addColorStop(offset: number, css: string): void {
    const place = Number(offset);
    if (!(place >= 0 && place <= 1)) throw domError('IndexSizeError', `the stop ${offset} lies outside 0 to 1`);
    const color = canvasColor(String(css));
    if (color === null) throw domError('SyntaxError', `\`${css}\` is no colour`);
    this.stops.push(place, color.r, color.g, color.b, color.a);
    this.$$version++;
  }

  public $$encode(): number[] {
    return [this.kind, ...this.place, ...this.stops];
  }
}

/** How a pattern repeats, in the stage's order. */
const REPETITIONS = ['repeat', 'repeat-x', 'repeat-y', 'no-repeat'];

/** A repeated picture. */
export class CanvasPattern implements Ink {
  declare public readonly text?: undefined;
  public $$version = 0;
  private readonly repetition: number;
  private matrix: number[] = [1, 0, 0, 1, 0, 0];

  public constructor(
    private readonly image: Drawable,
    repetition: string | null,
  ) {
    this.repetition = REPETITIONS.indexOf(repetition || 'repeat');
    if (this.repetition < 0) throw domError('SyntaxError', `a pattern repeats as one of ${REPETITIONS.join(', ')}`);
  }

  public setTransform(transform: Partial<AffineInit> = {}): void {
    this.matrix = matrixNumbers(transform);
    this.$$version++;
  }

  public $$encode(tape: Tape): number[] {
    const {image, repetition, matrix} = this;
    return 'asset' in image
      ? [3, tape.text(image.asset), repetition, ...matrix]
      : [4, tape.surface(image.surface), image.width, image.height, repetition, ...matrix];
  }
}

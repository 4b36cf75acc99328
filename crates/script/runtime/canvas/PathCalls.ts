import {checkRadius} from './errors';
import {
  ARC_TO,
  CLOSE_PATH,
  CUBIC_TO,
  ELLIPSE,
  LINE_TO,
  MOVE_TO,
  QUAD_TO,
  RECT,
  ROUND_RECT,
  Tape,
} from './tape';

/** A corner's radius: one for both directions, or one for each. */
export type CornerRadius = number | {x?: number; y?: number};

/**
 * The calls that build a path, of contexts and of paths by themselves.
 *
 * A call is written where it is made, not by methods of the tape: many thousands may be made for
 * a frame.
 */
export abstract class PathCalls {
  /** What the calls are written on. */
  public $$tape = new Tape();

  public closePath(): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 1) > tape.capacity) tape.grow(tape.length);
    tape.numbers[at] = CLOSE_PATH;
  }

  public moveTo(x: number, y: number): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 3) > tape.capacity) tape.grow(tape.length);
    const {numbers} = tape;
    numbers[at] = MOVE_TO;
    numbers[at + 1] = x;
    numbers[at + 2] = y;
  }

  public lineTo(x: number, y: number): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 3) > tape.capacity) tape.grow(tape.length);
    const {numbers} = tape;
    numbers[at] = LINE_TO;
    numbers[at + 1] = x;
    numbers[at + 2] = y;
  }

  public quadraticCurveTo(x1: number, y1: number, x: number, y: number): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 5) > tape.capacity) tape.grow(tape.length);
    const {numbers} = tape;
    numbers[at] = QUAD_TO;
    numbers[at + 1] = x1;
    numbers[at + 2] = y1;
    numbers[at + 3] = x;
    numbers[at + 4] = y;
  }

  public bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 7) > tape.capacity) tape.grow(tape.length);
    const {numbers} = tape;
    numbers[at] = CUBIC_TO;
    numbers[at + 1] = x1;
    numbers[at + 2] = y1;
    numbers[at + 3] = x2;
    numbers[at + 4] = y2;
    numbers[at + 5] = x;
    numbers[at + 6] = y;
  }

  /** Angles in radians from the x axis. */
  public arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise = false): void {
    this.ellipse(x, y, radius, radius, 0, from, to, counterclockwise);
  }

  public ellipse(
    x: number,
    y: number,
    radiusX: number,
    radiusY: number,
    rotation: number,
    from: number,
    to: number,
    counterclockwise = false,
  ): void {
    checkRadius(radiusX);
    checkRadius(radiusY);
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 9) > tape.capacity) tape.grow(tape.length);
    const {numbers} = tape;
    numbers[at] = ELLIPSE;
    numbers[at + 1] = x;
    numbers[at + 2] = y;
    numbers[at + 3] = radiusX;
    numbers[at + 4] = radiusY;
    numbers[at + 5] = rotation;
    numbers[at + 6] = from;
    numbers[at + 7] = to;
    numbers[at + 8] = counterclockwise ? 1 : 0;
  }

  public arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): void {
    checkRadius(radius);
    this.$$tape.call(ARC_TO, x1, y1, x2, y2, radius);
  }

  public rect(x: number, y: number, width: number, height: number): void {
    const tape = this.$$tape;
    const at = tape.length;
    if ((tape.length = at + 5) > tape.capacity) tape.grow(tape.length);
    const {numbers} = tape;
    numbers[at] = RECT;
    numbers[at + 1] = x;
    numbers[at + 2] = y;
    numbers[at + 3] = width;
    numbers[at + 4] = height;
  }

  /** `radii`: one for all corners, or those of CSS's `border-radius`. */
  public roundRect(
    x: number,
    y: number,
    width: number,
    height: number,
    radii: CornerRadius | Iterable<CornerRadius> = 0,
  ): void {
    const all = corners(radii);
    this.$$tape.call(ROUND_RECT, x, y, width, height, ...all);
  }
}

function corners(radii: CornerRadius | Iterable<CornerRadius>): number[] {
  const isList = typeof radii === 'object' && Symbol.iterator in radii;
  const list = (isList ? [...radii] : [radii]).map(radius => {
    const {x, y} = typeof radius === 'object' ? {x: radius.x ?? 0, y: radius.y ?? 0} : {x: radius, y: radius};
    if (x < 0 || y < 0) throw new RangeError(`the corner radius ${x < 0 ? x : y} is negative`);
    return [x, y];
  });
  if (list.length === 0 || list.length > 4) throw new RangeError('a rectangle has one to four corner radii');
  const [topLeft, topRight = topLeft, bottomRight = topLeft, bottomLeft = topRight] = list;
  return [topLeft, topRight, bottomRight, bottomLeft].flat();
}

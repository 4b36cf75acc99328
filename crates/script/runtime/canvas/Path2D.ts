import {PATH_COORDINATES, PathCommand} from '../2d/curves/pathCommand';
import {svgPath} from '../2d/curves/svgPath';
import type {AffineInit} from '../core/types/Affine';
import {matrixNumbers} from './DOMMatrix';
import {PathCalls} from './PathCalls';
import {ADD_PATH, CLOSE_PATH, CUBIC_TO, LINE_TO, MOVE_TO, QUAD_TO} from './tape';

/** Calls by path commands. */
const CALLS: Record<number, number> = {
  [PathCommand.Move]: MOVE_TO,
  [PathCommand.Line]: LINE_TO,
  [PathCommand.Quad]: QUAD_TO,
  [PathCommand.Cubic]: CUBIC_TO,
  [PathCommand.Close]: CLOSE_PATH,
};

/** A path by itself. */
export class Path2D extends PathCalls {
  /** Another path's copy, or the path of SVG path data. */
  public constructor(from?: Path2D | string) {
    super();
    if (from instanceof Path2D) this.addPath(from);
    else if (from !== undefined) this.$$commands(read(String(from)));
  }

  /** Adds another path, under a transform. */
  public addPath(path: Path2D, transform?: Partial<AffineInit>): void {
    const {numbers, length} = path.$$tape;
    const tape = this.$$tape;
    if (transform === undefined) {
      const at = tape.room(length);
      tape.numbers.set(numbers.subarray(0, length), at);
      return;
    }
    const at = tape.room(length + 8);
    tape.numbers[at] = ADD_PATH;
    tape.numbers[at + 1] = length + 6;
    tape.numbers.set(matrixNumbers(transform), at + 2);
    tape.numbers.set(numbers.subarray(0, length), at + 8);
  }

  /** Adds path commands as the stage has them. */
  public $$commands(commands: ArrayLike<number>): void {
    const tape = this.$$tape;
    for (let index = 0; index < commands.length; ) {
      const command = commands[index++];
      const count = PATH_COORDINATES[command];
      const at = tape.room(count + 1);
      tape.numbers[at] = CALLS[command];
      for (let place = 1; place <= count; place++) tape.numbers[at + place] = commands[index++];
    }
  }
}

/** SVG path data as far as it can be read. */
function read(data: string): number[] {
  try {
    return svgPath(data);
  } catch {
    return [];
  }
}

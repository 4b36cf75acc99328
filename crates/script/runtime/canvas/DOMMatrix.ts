import {Affine} from '../core/types/Affine';
import type {AffineInit} from '../core/types/Affine';
import {domError} from './errors';

const MATRIX = /^matrix\(\s*([^)]*)\)$/;

function numbersOf(init: string | ArrayLike<number>): ArrayLike<number> | undefined {
  if (typeof init !== 'string') {
    if (init.length === 16) return [init[0], init[1], init[4], init[5], init[12], init[13]];
    if (init.length === 6) return init;
    throw new TypeError(`a matrix has 6 or 16 numbers, not ${init.length}`);
  }
  const text = init.trim();
  if (text === '' || text === 'none') return undefined;
  const numbers = MATRIX.exec(text)?.[1].split(/[\s,]+/).map(Number);
  if (numbers?.length === 6 && numbers.every(Number.isFinite)) return numbers;
  throw domError('SyntaxError', `\`${init}\` is no matrix that can be read here; write \`matrix(a, b, c, d, e, f)\``);
}

/** A planar transform; `Affine` has its methods. */
export class DOMMatrix extends Affine {
  public static fromFloat32Array(numbers: Float32Array): DOMMatrix {
    return new DOMMatrix(numbers);
  }

  public static fromFloat64Array(numbers: Float64Array): DOMMatrix {
    return new DOMMatrix(numbers);
  }

  public static override fromMatrix(other: Partial<AffineInit> & Record<string, any> = {}): DOMMatrix {
    return new DOMMatrix(matrixNumbers(other));
  }

  /** All transforms here are of one kind. */
  public static [Symbol.hasInstance](value: unknown): boolean {
    return Affine[Symbol.hasInstance](value);
  }

  public constructor(init?: string | ArrayLike<number>) {
    super(init === undefined ? undefined : numbersOf(init));
  }

  public toFloat32Array(): Float32Array {
    return new Float32Array(this.sixteen());
  }

  public toFloat64Array(): Float64Array {
    return new Float64Array(this.sixteen());
  }

  private sixteen(): number[] {
    return [this.a, this.b, 0, 0, this.c, this.d, 0, 0, 0, 0, 1, 0, this.e, this.f, 0, 1];
  }
}

/** The six numbers of what describes a matrix, in either spelling. */
export function matrixNumbers(init: Partial<AffineInit> & Record<string, any>): number[] {
  return [
    init.a ?? init.m11 ?? 1,
    init.b ?? init.m12 ?? 0,
    init.c ?? init.m21 ?? 0,
    init.d ?? init.m22 ?? 1,
    init.e ?? init.m41 ?? 0,
    init.f ?? init.m42 ?? 0,
  ].map(Number);
}

/** A point. */
export class DOMPoint {
  public static fromPoint(other: {x?: number; y?: number; z?: number; w?: number} = {}): DOMPoint {
    return new DOMPoint(other.x, other.y, other.z, other.w);
  }

  public constructor(
    public x = 0,
    public y = 0,
    public z = 0,
    public w = 1,
  ) {}

  public matrixTransform(matrix: AffineInit): DOMPoint {
    const {x, y} = new Affine([matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f]).transformPoint(this);
    return new DOMPoint(x, y, this.z, this.w);
  }
}

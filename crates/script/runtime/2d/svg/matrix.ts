import {Affine} from '@revideo/core';

const FUNCTION = /([a-zA-Z]+)\s*\(([^)]*)\)/g;

/**
 * The transform that an attribute says.
 *
 * @throws an error that quotes what cannot be read.
 */
export function readTransform(text: string): Affine {
  const matrix = new Affine();
  const rest = text.replace(FUNCTION, '').replace(/[\s,]+/g, '');
  if (rest !== '') throw new Error(`\`transform\` cannot be read at \`${rest.slice(0, 20)}\``);
  for (const [whole, name, inner] of text.matchAll(FUNCTION)) {
    const numbers = inner.split(/[\s,]+|(?<=\d)(?=-)/).filter(part => part !== '').map(Number);
    const step = numbers.every(Number.isFinite) ? one(name, numbers) : null;
    if (step === null) throw new Error(`\`transform\` cannot be read at \`${whole.slice(0, 40)}\``);
    matrix.multiplySelf(step);
  }
  return matrix;
}

function one(name: string, numbers: number[]): Affine | null {
  const [a = 0, b, c] = numbers;
  const count = numbers.length;
  if (name === 'matrix' && count === 6) return new Affine(numbers);
  if (name === 'translate' && (count === 1 || count === 2)) return new Affine([1, 0, 0, 1, a, b ?? 0]);
  if (name === 'scale' && (count === 1 || count === 2)) return new Affine([a, 0, 0, b ?? a, 0, 0]);
  if (name === 'rotate' && (count === 1 || count === 3)) {
    const turn = new Affine([1, 0, 0, 1, b ?? 0, c ?? 0]);
    return turn.rotateSelf(a).multiplySelf(new Affine([1, 0, 0, 1, -(b ?? 0), -(c ?? 0)]));
  }
  const slope = Math.tan((a * Math.PI) / 180);
  if (name === 'skewX' && count === 1) return new Affine([1, 0, slope, 1, 0, 0]);
  if (name === 'skewY' && count === 1) return new Affine([1, slope, 0, 1, 0, 0]);
  return null;
}

/** A transform as a node has it; what leans is set upright. */
export function placement(matrix: Affine): {position: [number, number]; rotation: number; scale: [number, number]} {
  const {a, b, c, d, e, f} = matrix;
  let x = Math.hypot(a, b);
  let y = Math.hypot(c, d);
  if (a * d - b * c < 0) {
    if (a < d) x = -x;
    else y = -y;
  }
  const turn = Math.atan2(Math.sign(x) * b, Math.sign(x) * a);
  return {position: [e, f], rotation: (turn * 180) / Math.PI, scale: [x, y]};
}

/** The same, a point moved first. */
export function moved(matrix: Affine, x: number, y: number): Affine {
  return x === 0 && y === 0 ? matrix : matrix.multiply(new Affine([1, 0, 0, 1, x, y]));
}

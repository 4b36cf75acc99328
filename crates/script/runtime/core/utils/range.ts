/** Whole numbers from 0 up to, not including, `length`. */
export function range(length: number): number[];
/** Numbers from `from` up or down to, not including, `to`. */
export function range(from: number, to: number, step?: number): number[];
export function range(first: number, second?: number, step?: number): number[] {
  const from = second === undefined ? 0 : first;
  const to = second === undefined ? first : second;
  const by = step ?? (from < to ? 1 : -1);
  if (by === 0) throw new Error('the step of a range cannot be 0');
  const numbers: number[] = [];
  for (let value = from; by > 0 ? value < to : value > to; value += by) {
    numbers.push(value);
  }
  return numbers;
}

/** Whole numbers from 0 up to, not including, `length`. */
export function range(length: number): number[];
/** Numbers from `from` up or down to, not including, `to`. */
export function range(from: number, to: number, step?: number): number[];
export function range(first: number, second?: number, step?: number): number[] {
  const from = second === undefined ? 0 : first;
  const to = second === undefined ? first : second;
  const by = step ?? (from < to ? 1 : -1);
  if (by === 0) throw new Error('the step of a range cannot be 0');
  // Counted beforehand: ten steps of 0.1 add up to less than 1.
  const count = Math.ceil((to - from) / by);
  const numbers: number[] = [];
  for (let value = from; numbers.length < count; value += by) numbers.push(value);
  return numbers;
}

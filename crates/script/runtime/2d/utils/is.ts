/** A predicate that tells whether a value is an instance of `type`. */
export function is<T>(
  type: abstract new (...args: any[]) => T,
): (value: unknown) => value is T {
  return (value: unknown): value is T => value instanceof type;
}

/** A decorator of a method out of one of a parameter. */
export default function decorateParam(
  index: number,
  decorator: (target: unknown, key: PropertyKey | undefined, index: number) => void,
) {
  return (target: unknown, key?: PropertyKey) => decorator(target, key, index);
}

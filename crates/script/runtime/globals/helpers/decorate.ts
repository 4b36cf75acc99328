type Decorator = (target: unknown, key?: PropertyKey, descriptor?: PropertyDescriptor) => unknown;

/** Applies legacy decorators, last first, as TypeScript does. */
export default function decorate(
  decorators: Decorator[],
  target: object,
  key?: PropertyKey,
  given?: PropertyDescriptor | null,
): unknown {
  if (key === undefined) {
    return decorators.reduceRight((result: unknown, decorator) => decorator?.(result) || result, target);
  }
  let descriptor = given === null ? Object.getOwnPropertyDescriptor(target, key) : given;
  for (let i = decorators.length - 1; i >= 0; i--) {
    const replaced = decorators[i]?.(target, key, descriptor ?? undefined);
    descriptor = (replaced as PropertyDescriptor | undefined) || descriptor;
  }
  if (descriptor) {
    Object.defineProperty(target, key, descriptor);
  }
  return descriptor;
}

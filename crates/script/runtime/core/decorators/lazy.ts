/** A property whose value is computed at the first reading, once per class. */
export function lazy(factory: () => unknown): PropertyDecorator {
  return (target, property) => {
    let computed = false;
    let value: unknown;
    Object.defineProperty(target, property, {
      configurable: true,
      enumerable: true,
      get() {
        if (!computed) {
          value = factory.call(this);
          computed = true;
        }
        return value;
      },
    });
  };
}

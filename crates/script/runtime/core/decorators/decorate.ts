/** Applies method decorators to a plain function. */
export function decorate(fn: Function, ...decorators: MethodDecorator[]): void {
  const target = {[fn.name]: fn};
  const descriptor = Object.getOwnPropertyDescriptor(target, fn.name)!;
  for (let index = decorators.length - 1; index >= 0; index--) decorators[index](target, fn.name, descriptor);
}

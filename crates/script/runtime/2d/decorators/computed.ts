import {ComputedContext} from '@revideo/core';

/** Caches what a method without arguments returns, per instance, until a signal it read changes. */
export function computed(): MethodDecorator {
  return (target: any, key, descriptor) => {
    const method = (descriptor?.value ?? target[key]) as unknown as (...args: any[]) => unknown;
    const slot = Symbol(`computed ${String(key)}`);
    const cached = function (this: any, ...args: any[]): unknown {
      // A subclass override calling `super.method()` runs this one as such.
      if (this[key] !== cached) return method.apply(this, args);
      let context: ComputedContext<unknown> | undefined = this[slot];
      if (context === undefined) {
        context = new ComputedContext<unknown>(method, this);
        Object.defineProperty(this, slot, {value: context, configurable: true});
      }
      return context.$$read(args);
    };
    Object.defineProperty(cached, 'name', {value: String(key), configurable: true});
    const wrapped = {value: cached, configurable: true, enumerable: false, writable: true};
    Object.defineProperty(target, key, wrapped);
    return wrapped as any;
  };
}

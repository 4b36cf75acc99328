/** Caches what a method without arguments returns, per instance, until a signal it read changes. */
export declare function computed(): MethodDecorator;

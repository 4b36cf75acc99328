/** Applies method decorators to a plain function. */
export declare function decorate(fn: Function, ...decorators: MethodDecorator[]): void;

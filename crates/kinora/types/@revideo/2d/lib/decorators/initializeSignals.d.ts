/** Registers a function to run on every new instance of a class and its subclasses. */
export declare function addInitializer<TInstance = any>(target: any, initializer: (instance: TInstance) => void): void;
/** Runs the registered initializers on an instance. */
export declare function initialize(instance: any): void;
/**
 * Sets the properties of a new node from its constructor props.
 *
 * The order is that of declaration, base class first, each compound property before its
 * components: `width` overrides `size`, and `left` (declared later) overrides `position`.
 * Props that are `undefined` or unknown are left out.
 */
export declare function initializeSignals(instance: any, props: Record<string, any>): void;

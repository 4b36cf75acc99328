import type { InterpolationFunction } from '@revideo/core';
import type { PropertyMetadata } from './metadata';
/**
 * Turns a property into a signal owned by its node.
 *
 * The signal object is made on the first access, or by a constructor prop: a node pays only for
 * the properties it uses. Methods named `getX`, `setX`, `tweenX` and `getDefaultX` (`x` the
 * property, capitalised) replace reading, writing, tweening and the default.
 */
export declare function signal<T>(): PropertyDecorator;
/** Whether an instance has made the signal of a property. */
export declare function isMaterialised(instance: object, key: string): boolean;
/** Sets the default value of a property. */
export declare function initial<T>(value: T): PropertyDecorator;
/** Sets how a property's values blend in tweens. */
export declare function interpolation<T>(value: InterpolationFunction<T>): PropertyDecorator;
/** Sets how values assigned to a property are converted; `this` is the node. */
export declare function parser<T>(value: (this: any, raw: any) => T): PropertyDecorator;
/** Parses with `new Type(value)` and, if the type has a static `lerp`, tweens with it. */
export declare function wrapper<T>(Type: (new (value: any) => T) & {
    lerp?: InterpolationFunction<any>;
}): PropertyDecorator;
/** Whether `clone`, `save` and `restore` take a property along. */
export declare function cloneable(value?: boolean): PropertyDecorator;
/** Whether an editor shows a property. */
export declare function inspectable(value?: boolean): PropertyDecorator;
/** A property made of components, each a signal with a prop of its own. Needs a parser or wrapper. */
export declare function compound(entries: Record<string, string>): PropertyDecorator;
/** The interpolation of a compound property's components. */
export declare function componentInterpolation(value: InterpolationFunction<any>): PropertyDecorator;
export type { PropertyMetadata };

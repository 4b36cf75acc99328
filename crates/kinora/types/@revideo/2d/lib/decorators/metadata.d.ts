import type { InterpolationFunction } from '@revideo/core';
/** What the decorators say about one property of a class. */
export interface PropertyMetadata<TValue = any> {
    /** The property's name. */
    key: string;
    /** The default value; a `getDefaultX` method takes precedence. */
    default?: TValue;
    /** Blends two values in a tween. */
    interpolationFunction?: InterpolationFunction<any>;
    /** Converts what was set to what reading yields; `this` is the node. */
    parser?: (this: any, value: any) => TValue;
    /** Replaces the plain read; `getX` methods take precedence. */
    getter?: (this: any) => TValue;
    /** Replaces the plain write; `setX` methods take precedence. */
    setter?: (this: any, value: any) => void;
    /** Whether `clone`, `save` and `restore` take the property along. */
    cloneable?: boolean;
    /** Whether an editor shows it. */
    inspectable?: boolean;
    /** For a compound property: component key of the value, name of the prop that sets it. */
    compoundEntries: [component: string, prop: string][];
    /** For a compound property: the components' interpolation. */
    componentInterpolation?: InterpolationFunction<any>;
    /** The kind of signal to create; plain or compound unless given. */
    create?: (instance: any, property: PropertyMetadata) => unknown;
    /** Further setup of a freshly created signal. */
    extend?: (instance: any, signal: any) => void;
}
/** The metadata of a property, if it was decorated. */
export declare function getPropertyMeta<TValue = any>(object: any, key: string | symbol): PropertyMetadata<TValue> | null;
/** The metadata of a property of this class; a copy of the base class's is made for a redeclared one. */
export declare function getPropertyMetaOrCreate<TValue = any>(object: any, key: string | symbol): PropertyMetadata<TValue>;
/** All decorated properties of an object or prototype, base class first, in the order of declaration. */
export declare function getPropertiesOf(object: any): Record<string, PropertyMetadata>;

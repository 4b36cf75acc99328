import type { PropertyMetadata } from './metadata';
/** A property of one class with its hooks looked up. */
export interface Property {
    meta: PropertyMetadata;
    hooks: Hooks;
    /** Per component of a compound property: its key, the prop's name and its hooks. */
    components: Component[];
}
/** A component of a compound property. */
export interface Component {
    key: string;
    prop: string;
    hooks: Hooks;
}
/** Methods of the class that take the place of a signal's own behaviour. */
export interface Hooks {
    getter?: (this: any) => any;
    setter?: (this: any, value: any) => void;
    tweener?: (this: any, ...args: any[]) => any;
    /** Computes the default value. */
    initial?: (this: any) => any;
}
/** Where a constructor prop goes: to a property or to one of its components. */
export interface Slot {
    /** Position in the order of initialisation. */
    order: number;
    property: Property;
    component: Component | null;
}
/** All properties of a class and the props that set them. */
export interface PropertyTable {
    properties: Map<string, Property>;
    slots: Map<string, Slot>;
}
/** The table of the class with this prototype; made once, when its first instance is. */
export declare function propertyTable(prototype: object): PropertyTable;

import {capitalize} from '@revideo/core';
import {getPropertiesOf} from './metadata';
import type {PropertyMetadata} from './metadata';

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

const tables = new WeakMap<object, PropertyTable>();

/** The table of the class with this prototype; made once, when its first instance is. */
export function propertyTable(prototype: object): PropertyTable {
  const known = tables.get(prototype);
  if (known !== undefined) return known;
  const table: PropertyTable = {properties: new Map(), slots: new Map()};
  let order = 0;
  for (const meta of Object.values(getPropertiesOf(prototype))) {
    const property: Property = {
      meta,
      hooks: hooksOf(prototype, meta.key, meta),
      components: meta.compoundEntries.map(([key, prop]) => ({key, prop, hooks: hooksOf(prototype, prop)})),
    };
    table.properties.set(meta.key, property);
    table.slots.set(meta.key, {order: order++, property, component: null});
    for (const component of property.components) {
      table.slots.set(component.prop, {order: order++, property, component});
    }
  }
  tables.set(prototype, table);
  return table;
}

function hooksOf(prototype: any, name: string, meta?: PropertyMetadata): Hooks {
  const suffix = capitalize(name);
  return {
    getter: prototype[`get${suffix}`] ?? meta?.getter,
    setter: prototype[`set${suffix}`] ?? meta?.setter,
    tweener: prototype[`tween${suffix}`],
    initial: prototype[`getDefault${suffix}`],
  };
}

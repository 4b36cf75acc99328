import {capitalize} from '@revideo/core';
import {nearestOwnPrototype} from '../native/nodeKind';
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
  /** The properties whose setter, or that of a component, is a user's: each with its place in the order. */
  watched: Slot[];
}

const tables = new WeakMap<object, PropertyTable>();

/** The table of the class with this prototype; made once, when its first instance is. */
export function propertyTable(prototype: object): PropertyTable {
  const known = tables.get(prototype);
  if (known !== undefined) return known;
  const table: PropertyTable = {properties: new Map(), slots: new Map(), watched: []};
  const base = nearestOwnPrototype(prototype);
  const own = base === null || base === prototype ? null : propertyTable(base).properties;
  let order = 0;
  for (const meta of Object.values(getPropertiesOf(prototype))) {
    const property: Property = {
      meta,
      hooks: hooksOf(prototype, meta.key, meta),
      components: meta.compoundEntries.map(([key, prop]) => ({key, prop, hooks: hooksOf(prototype, prop)})),
    };
    table.properties.set(meta.key, property);
    const slot: Slot = {order: order++, property, component: null};
    table.slots.set(meta.key, slot);
    if (base !== prototype && hasOtherSetter(property, own?.get(meta.key))) table.watched.push(slot);
    for (const component of property.components) {
      table.slots.set(component.prop, {order: order++, property, component});
    }
  }
  tables.set(prototype, table);
  return table;
}

/** Whether setting a property calls another method than in the class of ours that a user's extends. */
function hasOtherSetter(property: Property, before: Property | undefined): boolean {
  const differs = (hooks: Hooks, known: Hooks | undefined) => hooks.setter !== undefined && hooks.setter !== known?.setter;
  if (property.components.length === 0) return differs(property.hooks, before?.hooks);
  return property.components.some((component, index) => differs(component.hooks, before?.components[index]?.hooks));
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

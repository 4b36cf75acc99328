import {propertyTable} from './property';
import type {Slot} from './property';

type Initializer = (instance: any) => void;
const INITIALIZERS = Symbol.for('@revideo/2d/decorators/initializers');

/** Registers a function to run on every new instance of a class and its subclasses. */
export function addInitializer<TInstance = any>(target: any, initializer: (instance: TInstance) => void): void {
  if (!Object.prototype.hasOwnProperty.call(target, INITIALIZERS)) {
    target[INITIALIZERS] = [...(target[INITIALIZERS] ?? [])];
  }
  target[INITIALIZERS].push(initializer);
}

/** Runs the registered initializers on an instance. */
export function initialize(instance: any): void {
  const initializers: Initializer[] | undefined = instance[INITIALIZERS];
  if (initializers) for (const initializer of initializers) initializer(instance);
}

/**
 * Sets the properties of a new node from its constructor props.
 *
 * The order is that of declaration, base class first, each compound property before its
 * components: `width` overrides `size`, and `left` (declared later) overrides `position`.
 * Props that are `undefined` or unknown are left out.
 */
export function initializeSignals(instance: any, props: Record<string, any>): void {
  initialize(instance);
  const {slots, watched} = propertyTable(Object.getPrototypeOf(instance));
  // A user's setter hears of the initial value first.
  const resets = new Set<Slot>();
  const given: Slot[] = [];
  for (const slot of watched) {
    const reset = {...slot, order: slot.order - 0.5};
    resets.add(reset);
    given.push(reset);
  }
  for (const name in props) {
    if (props[name] === undefined) continue;
    const slot = slots.get(name);
    if (slot !== undefined) given.push(slot);
  }
  if (given.length > 1) given.sort((a, b) => a.order - b.order);
  for (const slot of given) {
    const {property, component} = slot;
    const target = instance[property.meta.key];
    if (resets.has(slot)) target.reset?.();
    else if (component === null) target(props[property.meta.key]);
    else target[component.key](props[component.prop]);
  }
}

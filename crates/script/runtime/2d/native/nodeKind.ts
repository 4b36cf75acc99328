/** Prototypes of our own components. */
const ours = new WeakSet<object>();

/** How a component is made up in the stage, where its kind alone does not say. */
export interface NodeMakeUp {
  /** The table of its stage properties; the kind's unless given. */
  table?: string;
  /** The kind of a further stage node, out of layout and behind the children, that draws its outline. */
  inner?: string;
}

/** Declares one of our own components and the kind of node it is to the stage. */
export function nodeKind(kind: string, {table = kind, inner}: NodeMakeUp = {}): ClassDecorator {
  return (target: any) => {
    ours.add(target.prototype);
    target.prototype.$$nativeKind = kind;
    target.prototype.$$stageTable = table;
    target.prototype.$$innerKind = inner;
  };
}

/** Whether a class that is not ours has put its own method in place of one of ours. */
export function isOverridden(instance: object, name: string): boolean {
  let prototype = Object.getPrototypeOf(instance);
  while (prototype !== null && !ours.has(prototype)) {
    if (Object.prototype.hasOwnProperty.call(prototype, name)) return true;
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}

/** Our own class that a class extends, or is. */
export function nearestOwnPrototype(prototype: object): object | null {
  let current: object | null = prototype;
  while (current !== null && !ours.has(current)) current = Object.getPrototypeOf(current);
  return current;
}

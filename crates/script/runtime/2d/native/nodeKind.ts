import type {StageProperty} from './stageProperty';

/** Prototypes of our own components. */
const ours = new WeakSet<object>();

/** What of a component the stage is told, beside what it is told of the class that it extends. */
export interface Drawn {
  /** The class to start from, where that is not the one extended. */
  like?: {prototype: object};
  /** Properties by their signals; null for one that the stage is not told. */
  properties?: Record<string, StageProperty | null>;
  /** What no single signal holds. */
  derived?: readonly StageProperty[];
}

/** What `nodeKind` notes on a prototype. */
interface DrawnPrototype {
  $$nativeKind: string;
  $$stageProperties: Record<string, StageProperty>;
  $$stageDerived: readonly StageProperty[];
}

/** Declares one of our own components: the kind of node it is to the stage, and what that is told. */
export function nodeKind(kind: string, {like, properties = {}, derived}: Drawn = {}): ClassDecorator {
  return target => {
    const prototype = target.prototype as object as DrawnPrototype;
    const base = (like?.prototype ?? Object.getPrototypeOf(prototype)) as Partial<DrawnPrototype>;
    const all = Object.entries<StageProperty | null>({...base.$$stageProperties, ...properties});
    ours.add(prototype);
    prototype.$$nativeKind = kind;
    prototype.$$stageProperties = Object.fromEntries(all.filter(([, property]) => property !== null)) as Record<
      string,
      StageProperty
    >;
    prototype.$$stageDerived = derived ?? base.$$stageDerived ?? [];
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

type Kind = 'class' | 'method' | 'getter' | 'setter' | 'field' | 'accessor';
type Decorator = (value: unknown, context: object) => unknown;
type Entry = [kind: Kind, isStatic: boolean, key: PropertyKey, decorators: Decorator[]];
type Initializer = (this: unknown, value?: unknown) => unknown;
type Class = new (...args: never[]) => object;

interface Pair {
  get?: (this: unknown) => unknown;
  set?: (this: unknown, value: unknown) => void;
  init?: Initializer;
}

/** What is left to do of decorators once they have been applied. */
interface Applied {
  /** Runs what instances are to begin with. */
  start(instance: unknown): undefined;
  /** The first value of the field or accessor with this index. What its decorators added runs just before. */
  field(index: number, holder: unknown, value: unknown): unknown;
  /** The class that takes the place of the one that was written. */
  end(written: Class, isNameless?: boolean): Class;
}

/** Adds what a decorator registers to run later. */
function adder(list: Initializer[], isOpen: () => boolean) {
  return (initializer: unknown) => {
    if (!isOpen()) {
      throw new TypeError('addInitializer cannot be called after the decorator has returned');
    }
    if (typeof initializer !== 'function') {
      throw new TypeError('addInitializer needs a function');
    }
    list.push(initializer as Initializer);
  };
}

function checked(result: unknown, what: string): result is Function {
  if (result !== undefined && typeof result !== 'function') {
    throw new TypeError(`a decorator of a ${what} gives a function or nothing, got a ${typeof result}`);
  }
  return result !== undefined;
}

/** Applies the standard's decorators to a class and its members. */
export default function applyDecorators(target: Class, own: Decorator[], entries: Entry[]): Applied {
  const symbol = (Symbol as {metadata?: symbol}).metadata;
  const parent = Object.getPrototypeOf(target) as object | null;
  const inherited = symbol && parent ? ((parent as Record<symbol, object>)[symbol] ?? null) : null;
  const metadata = Object.create(inherited) as object;
  const onInstance: Initializer[] = [];
  const onClass: Initializer[] = [];
  const first: Initializer[][] = entries.map(() => []);
  const extra: Initializer[][] = entries.map(() => []);

  const apply = ([kind, isStatic, rawKey, decorators]: Entry, index: number) => {
    const name = typeof rawKey === 'symbol' ? rawKey : String(rawKey);
    const holder = (isStatic ? target : target.prototype) as object;
    const isField = kind === 'field';
    const isAccessor = kind === 'accessor';
    const later = isField || isAccessor ? extra[index] : isStatic ? onClass : onInstance;
    const access = {
      has: (object: object) => name in object,
      ...(kind !== 'setter' && {get: (object: never) => object[name]}),
      ...((isField || isAccessor || kind === 'setter') && {
        set: (object: Record<PropertyKey, unknown>, value: unknown) => {
          object[name] = value;
        },
      }),
    };
    const descriptor = isField ? undefined : Object.getOwnPropertyDescriptor(holder, name)!;
    for (const decorator of decorators.slice().reverse()) {
      let isOpen = true;
      const context = {kind, name, static: isStatic, private: false, access, metadata, addInitializer: adder(later, () => isOpen)};
      if (isAccessor) {
        const result = decorator({get: descriptor!.get, set: descriptor!.set}, context) as Pair | undefined;
        if (result !== undefined && (result === null || typeof result !== 'object')) {
          throw new TypeError(`a decorator of an accessor gives an object or nothing, got a ${typeof result}`);
        }
        if (checked(result?.get, 'getter')) descriptor!.get = result!.get;
        if (checked(result?.set, 'setter')) descriptor!.set = result!.set;
        if (checked(result?.init, 'field')) first[index].unshift(result!.init!);
      } else if (isField) {
        const result = decorator(undefined, context);
        if (checked(result, kind)) first[index].unshift(result as Initializer);
      } else {
        const slot = kind === 'method' ? 'value' : kind === 'getter' ? 'get' : 'set';
        const result = decorator(descriptor![slot], context);
        if (checked(result, kind)) descriptor![slot] = result as never;
      }
      isOpen = false;
    }
    if (descriptor) {
      Object.defineProperty(holder, name, descriptor);
    }
  };

  // methods before fields, those of the class before those of instances
  const rank = ([kind, isStatic]: Entry) => (kind === 'field' ? 2 : 0) + (isStatic ? 0 : 1);
  for (const turn of [0, 1, 2, 3]) {
    entries.forEach((entry, index) => {
      if (rank(entry) === turn) apply(entry, index);
    });
  }
  if (symbol) {
    Object.defineProperty(target, symbol, {value: metadata, configurable: true});
  }
  if (own.length === 0) {
    onClass.forEach(initializer => initializer.call(target));
  }

  return {
    start(instance) {
      onInstance.forEach(initializer => initializer.call(instance));
      return undefined;
    },
    field(index, holder, value) {
      const result = first[index].reduce((value: unknown, initializer) => initializer.call(holder, value), value);
      extra[index].forEach(initializer => initializer.call(holder));
      return result;
    },
    end(written, isNameless = false) {
      if (isNameless && Object.hasOwn(written, 'name')) {
        Object.defineProperty(written, 'name', {value: '', configurable: true});
      }
      let made = written;
      const added: Initializer[] = [];
      for (const decorator of own.slice().reverse()) {
        let isOpen = true;
        const context = {kind: 'class', name: written.name || undefined, metadata, addInitializer: adder(added, () => isOpen)};
        const result = decorator(made, context);
        isOpen = false;
        if (checked(result, 'class')) made = result as unknown as Class;
      }
      if (own.length > 0) {
        onClass.forEach(initializer => initializer.call(made));
      }
      if (symbol && made !== written) {
        Object.defineProperty(made, symbol, {value: metadata, configurable: true});
      }
      added.forEach(initializer => initializer.call(made));
      return made;
    },
  };
}

// The engine asks whether a script has to end between the steps of the script's own code. Built-ins
// that go through long lists without calling any of it would not be asked for minutes: on long and
// foreign lists they are given a view that asks at every element, and do their work as ever.
import {native} from './native';

/** Elements of an array that a built-in goes through in no time. */
const SHORT = 1 << 12;
/** Elements of an array that it goes through within a moment. */
const LONG = 1 << 20;
/** Letters of a text, and elements of a typed array, beyond which work on them may last. */
const LARGE = 1 << 16;

const {apply, defineProperty, get, getOwnPropertyDescriptor, has, set} = Reflect;
const {isArray} = Array;
const spreadable: typeof Symbol.isConcatSpreadable = Symbol.isConcatSpreadable;
const toObject = Object;
const {enter, breathe} = native;
type Method = (...args: unknown[]) => unknown;
type List = Record<PropertyKey, unknown> & {length: number};

/** Calls of a proxy's functions are steps of the script's own code. */
const VIEW: ProxyHandler<object> = {
  get: (target, key) => get(target, key, target),
  has: (target, key) => has(target, key),
  set: (target, key, value) => set(target, key, value, target),
};

/** How `sort` compares when it is not told; being called, it is a step as well. */
function compare(a: unknown, b: unknown): number {
  const [one, other] = [`${a}`, `${b}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

function replace(holder: object, name: string, make: (own: Method) => Method): void {
  const own = (holder as Record<string, Method>)[name];
  const made = make(own);
  for (const key of ['name', 'length'] as const) {
    defineProperty(made, key, {value: own[key], configurable: true});
  }
  defineProperty(holder, name, {value: made, configurable: true, writable: true, enumerable: false});
}

/** Whether a list may last: a foreign one can have another length each time it is asked. */
function isLong(list: object): boolean {
  if (isArray(list)) {
    return list.length > LONG;
  }
  const length: unknown = getOwnPropertyDescriptor(list, 'length')?.value;
  return !(typeof length === 'number' && length <= LONG);
}

function patiently(own: Method, self: unknown, args: unknown[]): unknown {
  if (self === null || self === undefined) {
    return apply(own, self, args);
  }
  breathe();
  const list = toObject(self) as object;
  if (!isLong(list)) {
    return apply(own, list, args);
  }
  const view = new Proxy(list, VIEW);
  const done = apply(own, view, args);
  return done === view ? list : done;
}

for (const name of ['join', 'toLocaleString', 'reverse', 'splice', 'slice', 'unshift', 'shift', 'copyWithin', 'fill', 'toReversed', 'toSpliced', 'with']) {
  replace(Array.prototype, name, own => ({
    [name](this: unknown, ...args: unknown[]): unknown {
      const isShort = isArray(this) && this.length <= SHORT;
      return isShort ? apply(own, this, args) : patiently(own, this, args);
    },
  })[name]);
}

for (const name of ['sort', 'toSorted']) {
  replace(Array.prototype, name, own => ({
    [name](this: unknown, order?: unknown): unknown {
      const isShort = isArray(this) && this.length <= SHORT;
      return isShort ? apply(own, this, [order]) : patiently(own, this, [order === undefined ? compare : order]);
    },
  })[name]);
}

replace(Array.prototype, 'concat', own => ({
  concat(this: unknown, ...args: unknown[]): unknown {
    let isShort = isArray(this) && this.length <= SHORT;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      if (typeof arg !== 'object' || arg === null) {
        continue;
      }
      if (isArray(arg) ? arg.length > LONG : (arg as List)[spreadable] !== undefined) {
        args[i] = new Proxy(arg, VIEW);
        isShort = false;
      }
    }
    return isShort ? apply(own, this, args) : patiently(own, this, args);
  },
}).concat);

/** Puts the elements of a list, and those of lists in it, behind one another; where it ends. */
function flatten(target: unknown[], list: List, start: number, depth: number, pick?: Method, self?: unknown): number {
  const length = Math.max(Math.trunc(Number(list.length)) || 0, 0);
  let at = start;
  for (let i = 0; i < length; i++) {
    if (!(i in list)) {
      continue;
    }
    const own = list[i];
    const element = pick ? apply(pick, self, [own, i, list]) : own;
    if (depth > 0 && isArray(element)) {
      at = flatten(target, element as unknown as List, at, depth - 1);
    } else {
      defineProperty(target, at++, {value: element, configurable: true, writable: true, enumerable: true});
    }
  }
  return at;
}

function listOf(self: unknown): List {
  if (self === null || self === undefined) {
    throw new TypeError(`${self} is not a list`);
  }
  return toObject(self) as List;
}

/** The list that `flat` makes: of the kind of `list`. */
const species = Array.prototype.slice as Method;
const emptyAs = (list: List): unknown[] => (isArray(list) ? (apply(species, list, [0, 0]) as unknown[]) : []);

replace(Array.prototype, 'flat', () => ({
  flat(this: unknown, depth?: unknown): unknown {
    const list = listOf(this);
    const levels = depth === undefined ? 1 : Math.trunc(Number(depth)) || 0;
    const target = emptyAs(list);
    flatten(target, list, 0, levels);
    return target;
  },
}).flat as Method);

replace(Array.prototype, 'flatMap', () => ({
  flatMap(this: unknown, pick: unknown, self?: unknown): unknown {
    const list = listOf(this);
    if (typeof pick !== 'function') {
      throw new TypeError('flatMap wants a function');
    }
    const target = emptyAs(list);
    flatten(target, list, 0, 1, pick as Method, self);
    return target;
  },
}).flatMap as Method);

/** Built-ins for which there is no view: who ends the script from outside learns where it was. */
function announce(holder: object, names: string[]): void {
  for (const name of names) {
    replace(holder, name, own => ({
      [name](this: {length: number}, ...args: unknown[]): unknown {
        if (this !== null && this !== undefined && this.length > LARGE) {
          breathe();
          enter();
        }
        return apply(own, this, args);
      },
    })[name]);
  }
}

announce(String.prototype, ['indexOf', 'lastIndexOf', 'includes', 'split', 'replace', 'replaceAll', 'normalize', 'localeCompare']);
announce(Object.getPrototypeOf(Uint8Array.prototype) as object, ['sort', 'toSorted', 'join', 'indexOf', 'lastIndexOf', 'includes', 'reverse', 'fill', 'set']);

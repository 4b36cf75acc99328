/** What the runtime relies on. */
const HOLDERS: Record<string, object> = {
  Object,
  'Object.prototype': Object.prototype,
  Array,
  'Array.prototype': Array.prototype,
  'Function.prototype': Function.prototype,
  Promise,
  'Promise.prototype': Promise.prototype,
  'Map.prototype': Map.prototype,
  'Set.prototype': Set.prototype,
  'WeakMap.prototype': WeakMap.prototype,
  'String.prototype': String.prototype,
  Number,
  Math,
  JSON,
  Reflect,
};
const GLOBALS = ['Object', 'Array', 'Function', 'Promise', 'Map', 'Set', 'WeakMap', 'String', 'Number', 'Error', 'Symbol'];

const {getOwnPropertyDescriptor} = Object;
const {ownKeys} = Reflect;
const {apply} = Reflect;
const {push} = Array.prototype;
const text = String;

interface Original {
  name: string;
  holder: object;
  key: PropertyKey;
  value: unknown;
}

const originals: Original[] = [];
for (const [name, holder] of Object.entries(HOLDERS)) {
  for (const key of ownKeys(holder)) {
    const value = getOwnPropertyDescriptor(holder, key)?.value as unknown;
    if (typeof value === 'function' && key !== 'constructor') {
      const shown = typeof key === 'symbol' ? `[${text(key.description)}]` : `.${key}`;
      originals.push({name: name + shown, holder, key, value});
    }
  }
}
for (const key of GLOBALS) {
  const value = (globalThis as Record<string, unknown>)[key];
  originals.push({name: key, holder: globalThis, key, value});
}
const known = originals.length;
const ownOfObject = ownKeys(Object.prototype).length;

/** Built-ins that the script has replaced, the first few; and whether it gave all objects more. */
export function tampered(): string[] {
  const names: string[] = [];
  for (let i = 0; i < known && names.length < 3; i++) {
    const {name, holder, key, value} = originals[i];
    if (getOwnPropertyDescriptor(holder, key)?.value !== value) {
      apply(push, names, [name]);
    }
  }
  if (names.length === 0 && ownKeys(Object.prototype).length > ownOfObject) {
    apply(push, names, ['Object.prototype']);
  }
  return names;
}

import {native} from './native';

type Namespace = Record<string, unknown>;
type Body = (exports: unknown, require: unknown, module: unknown, file: string, folder: string) => void;

/** What is behind a required name: a module that is loaded already, or why there is none. */
type Table = Record<string, (() => Namespace) | string>;

const {create, keys, defineProperty} = Object;

/** Prepares a CommonJS module; what is returned runs it once and gives what it exports. */
export function commonJs(file: string, table: Table): () => unknown {
  const folder = file.slice(0, file.lastIndexOf('/'));
  let module: {exports: unknown; id: string; filename: string; loaded: boolean; children: unknown[]} | undefined;

  const require = (name: string): unknown => {
    const found = table[name];
    if (typeof found === 'function') {
      return given(found());
    }
    const known = found ?? `cannot find module \`${name}\`: only names that stand in the text can be required`;
    throw Object.assign(new Error(known), {code: 'MODULE_NOT_FOUND'});
  };
  require.resolve = (name: string) => name;
  require.cache = create(null) as object;
  require.extensions = create(null) as object;
  require.main = undefined;

  return () => {
    if (!module) {
      module = {exports: {}, id: file, filename: file, loaded: false, children: []};
      const body = native.compile(file) as Body;
      body.call(module.exports, module.exports, require, module, file, folder);
      module.loaded = true;
    }
    return module.exports;
  };
}

/** A module as `require` gives it. */
function given(found: Namespace): unknown {
  if (typeof found.__kinora_cjs === 'function') {
    return (found.__kinora_cjs as () => unknown)();
  }
  const names = keys(found);
  // what JSON and assets hold is their default export
  if (names.length === 1 && names[0] === 'default') {
    return found.default;
  }
  const copy = create(null) as Namespace;
  for (const name of names) {
    defineProperty(copy, name, {get: () => found[name], enumerable: true});
  }
  defineProperty(copy, '__esModule', {value: true});
  return copy;
}

type Namespace = Record<string, unknown>;
type Body = (exports: unknown, require: (name: string) => unknown, module: unknown, file: string, folder: string) => void;

/** Runs the body of a CommonJS module, whose dependencies are loaded already. */
export function commonJs(
  module: {exports: unknown},
  table: Record<string, () => Namespace>,
  file: string,
  body: Body,
): void {
  const require = (name: string): unknown => {
    const found = table[name]?.();
    if (!found || found.__kinora_missing) {
      throw new Error(`cannot find module \`${name}\``);
    }
    if (typeof found.__kinora_cjs === 'function') {
      return (found.__kinora_cjs as () => unknown)();
    }
    // what JSON and assets hold is their default export
    const keys = Object.keys(found);
    return keys.length === 1 && keys[0] === 'default' ? found.default : found;
  };
  const folder = file.slice(0, file.lastIndexOf('/'));
  body.call(module.exports, module.exports, require, module, file, folder);
}

/** Something of the reference that can be imported, but says so when it is called or made an instance of. */
export function absent(name: string): any {
  const value = function () {
    throw new Error(`\`${name}\` is not available here`);
  };
  Object.defineProperty(value, 'name', {value: name, configurable: true});
  return value;
}

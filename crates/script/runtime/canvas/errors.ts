/** An error as the browser's interfaces throw it. */
export function domError(name: string, message: string): Error {
  const error = new Error(message);
  Object.defineProperty(error, 'name', {value: name, configurable: true, writable: true, enumerable: false});
  return error;
}

/** Throws where a radius is negative. */
export function checkRadius(radius: number): void {
  if (radius < 0) throw domError('IndexSizeError', `the radius ${radius} is negative`);
}

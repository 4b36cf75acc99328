import {useLogger} from './useScene';

/** Wraps a function so that its first call warns that it should no longer be used. */
export function deprecate<TArgs extends any[], TReturn>(
  fn: (...args: TArgs) => TReturn,
  message: string,
  remarks?: string,
): (...args: TArgs) => TReturn {
  let warned = false;
  return (...args) => {
    if (!warned) {
      warned = true;
      useLogger().warn({message, remarks, stack: new Error().stack});
    }
    return fn(...args);
  };
}

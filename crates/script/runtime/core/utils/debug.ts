import {useLogger} from './useScene';

/** Logs any value at debug level. */
export function debug(payload: any): void {
  const result: {message: string; object?: unknown} = {message: `${payload}`};
  if (payload !== null && typeof payload === 'object') {
    result.message = describe(payload);
    result.object = payload;
  } else if (payload === undefined) {
    result.message = 'undefined';
  }
  useLogger().debug(result);
}

function describe(value: object): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

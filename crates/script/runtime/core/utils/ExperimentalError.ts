import type {LogPayload} from '../app/Logger';
import {DetailedError} from './DetailedError';
import type {ErrorDetails} from './DetailedError';

const HINT = 'this feature is experimental: set `experimentalFeatures: true` in `makeProject`';

/** The use of an experimental feature that was not switched on. */
export class ExperimentalError extends DetailedError {
  public constructor(message: string, remarks?: string);
  public constructor(props: ErrorDetails);
  public constructor(props: string | ErrorDetails, remarks?: string) {
    const details = typeof props === 'string' ? {message: props, remarks} : props;
    super({...details, remarks: details.remarks ? `${details.remarks}; ${HINT}` : HINT});
  }
}

/** The log entry for an experimental feature that was not switched on. */
export function experimentalLog(message: string, remarks?: string): LogPayload {
  return {message, remarks: remarks ? `${remarks}; ${HINT}` : HINT, stack: new Error().stack};
}

/** What to do to use an experimental feature. */
export const experimentalFeatures: string = HINT;

import type {LogPayload} from '../app/Logger';

/** The log entry for something that was thrown; keeps the error itself as `cause`. */
export function errorToLog(error: any): LogPayload {
  if (error === null || typeof error !== 'object') return {message: String(error), cause: error};
  return {
    message: error.message ?? String(error),
    stack: error.stack,
    remarks: error.remarks,
    object: error.object,
    durationMs: error.durationMs,
    inspect: error.inspect,
    cause: error,
  };
}

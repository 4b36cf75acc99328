import type { LogPayload } from '../app/Logger';
/** The log entry for something that was thrown; keeps the error itself as `cause`. */
export declare function errorToLog(error: any): LogPayload;

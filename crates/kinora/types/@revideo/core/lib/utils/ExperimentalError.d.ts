import type { LogPayload } from '../app/Logger';
import { DetailedError } from './DetailedError';
import type { ErrorDetails } from './DetailedError';
/** The use of an experimental feature that was not switched on. */
export declare class ExperimentalError extends DetailedError {
    constructor(message: string, remarks?: string);
    constructor(props: ErrorDetails);
}
/** The log entry for an experimental feature that was not switched on. */
export declare function experimentalLog(message: string, remarks?: string): LogPayload;
/** What to do to use an experimental feature. */
export declare const experimentalFeatures = "this feature is experimental: set `experimentalFeatures: true` in `makeProject`";

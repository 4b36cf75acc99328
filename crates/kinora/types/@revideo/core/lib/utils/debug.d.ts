/** Logs any value at debug level. */
export declare function debug(payload: any): void;

/** Adds to an error's stack where a function is written: the error came of what the function returned. */
export declare function placed(error: unknown, source: Function): unknown;

/** What a {@link DetailedError} tells. */
export interface ErrorDetails {
    message: string;
    remarks?: string;
    object?: unknown;
    durationMs?: number;
    inspect?: string;
}
/** An error with remarks on what to do. */
export declare class DetailedError extends Error {
    readonly remarks?: string;
    readonly object?: unknown;
    readonly durationMs?: number;
    readonly inspect?: string;
    constructor(message: string, remarks?: string);
    constructor(props: ErrorDetails);
}

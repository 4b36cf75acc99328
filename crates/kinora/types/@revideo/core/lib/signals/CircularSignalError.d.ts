/** A signal whose value depends on itself. */
export declare class CircularSignalError extends Error {
    readonly remarks: string;
    constructor(cycle: string[]);
}

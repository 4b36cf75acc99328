export declare enum LogLevel {
    Error = "error",
    Warn = "warn",
    Info = "info",
    Http = "http",
    Verbose = "verbose",
    Debug = "debug",
    Silly = "silly"
}
/** What is logged. */
export interface LogPayload {
    level?: LogLevel;
    message: string;
    stack?: string;
    /** What to do about it. */
    remarks?: string;
    object?: any;
    durationMs?: number;
    /** Key of the node concerned. */
    inspect?: string;
    /** What was thrown, if something was. */
    cause?: unknown;
    [key: string]: any;
}

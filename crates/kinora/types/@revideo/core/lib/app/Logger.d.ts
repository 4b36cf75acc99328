import type { Subscribable } from '../events/EventDispatcherBase';
import { LogLevel } from './LogLevel';
import type { LogPayload } from './LogLevel';
export { LogLevel };
export type { LogPayload };
/**
 * Collects messages and passes them to the host.
 *
 * The host sees `log(level, message, details)`; those who need the payload itself, with what was
 * thrown as `cause`, subscribe to {@link onLogged}.
 */
export declare class Logger {
    readonly history: LogPayload[];
    private readonly logged;
    private readonly profilers;
    get onLogged(): Subscribable<LogPayload>;
    log(payload: LogPayload): void;
    error(payload: string | LogPayload): void;
    warn(payload: string | LogPayload): void;
    info(payload: string | LogPayload): void;
    http(payload: string | LogPayload): void;
    verbose(payload: string | LogPayload): void;
    debug(payload: string | LogPayload): void;
    silly(payload: string | LogPayload): void;
    /** Called twice with the same id, logs the milliseconds in between by the host's clock. */
    profile(id: string, payload?: LogPayload): void;
    protected logLevel(level: LogLevel, payload: string | LogPayload): void;
}
/** The logger outside of scenes. */
export declare function fallbackLogger(): Logger;

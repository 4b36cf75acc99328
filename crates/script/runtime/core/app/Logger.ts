import {EventDispatcher} from '../events/EventDispatcher';
import type {Subscribable} from '../events/EventDispatcherBase';
import {LogLevel} from './LogLevel';
import type {LogPayload} from './LogLevel';

export {LogLevel};
export type {LogPayload};

/**
 * Collects messages and passes them to the host.
 *
 * The host sees `log(level, message, details)`; those who need the payload itself, with what was
 * thrown as `cause`, subscribe to {@link onLogged}.
 */
export class Logger {
  public readonly history: LogPayload[] = [];
  private readonly logged = new EventDispatcher<LogPayload>();
  private readonly profilers = new Map<string, number>();

  public get onLogged(): Subscribable<LogPayload> {
    return this.logged.subscribable;
  }

  public log(payload: LogPayload): void {
    const entry = {...payload, level: payload.level ?? LogLevel.Info};
    this.history.push(entry);
    report(entry);
    this.logged.dispatch(entry);
  }

  public error(payload: string | LogPayload): void {
    this.logLevel(LogLevel.Error, payload);
  }

  public warn(payload: string | LogPayload): void {
    this.logLevel(LogLevel.Warn, payload);
  }

  public info(payload: string | LogPayload): void {
    this.logLevel(LogLevel.Info, payload);
  }

  public http(payload: string | LogPayload): void {
    this.logLevel(LogLevel.Http, payload);
  }

  public verbose(payload: string | LogPayload): void {
    this.logLevel(LogLevel.Verbose, payload);
  }

  public debug(payload: string | LogPayload): void {
    this.logLevel(LogLevel.Debug, payload);
  }

  public silly(payload: string | LogPayload): void {
    this.logLevel(LogLevel.Silly, payload);
  }

  /** Called twice with the same id, logs the milliseconds in between by the host's clock. */
  public profile(id: string, payload?: LogPayload): void {
    const now = globalThis.__kinora?.now?.() ?? 0;
    const start = this.profilers.get(id);
    if (start === undefined) {
      this.profilers.set(id, now);
      return;
    }
    this.profilers.delete(id);
    this.info({...(payload ?? {message: id}), durationMs: now - start});
  }

  protected logLevel(level: LogLevel, payload: string | LogPayload): void {
    this.log({...(typeof payload === 'string' ? {message: payload} : payload), level});
  }
}

/** Prints to the console, as is done where no scene runs; nothing fails because of it. */
class ConsoleLogger extends Logger {
  public override log(payload: LogPayload): void {
    const details = detailsOf(payload);
    const text = details ? `${payload.message}\n${details}` : payload.message;
    switch (payload.level) {
      case LogLevel.Error:
        console.error(text);
        break;
      case LogLevel.Warn:
        console.warn(text);
        break;
      case LogLevel.Debug:
      case LogLevel.Silly:
      case LogLevel.Verbose:
        console.debug(text);
        break;
      default:
        console.info(text);
    }
  }
}

let fallback: ConsoleLogger | null = null;

/** The logger outside of scenes. */
export function fallbackLogger(): Logger {
  return (fallback ??= new ConsoleLogger());
}

function report(entry: LogPayload & {level: LogLevel}): void {
  const details = detailsOf(entry);
  if (globalThis.__kinora?.log) globalThis.__kinora.log(entry.level, entry.message, details || undefined);
  else console.log(`[${entry.level}] ${entry.message}${details ? `\n${details}` : ''}`);
}

function detailsOf(payload: LogPayload): string {
  const lines: string[] = [];
  if (payload.remarks) lines.push(payload.remarks);
  if (payload.inspect) lines.push(`node: ${payload.inspect}`);
  if (payload.object !== undefined) lines.push(show(payload.object));
  if (payload.durationMs !== undefined) lines.push(`${payload.durationMs} ms`);
  if (payload.stack) lines.push(payload.stack);
  return lines.join('\n');
}

function show(object: unknown): string {
  try {
    return JSON.stringify(object) ?? String(object);
  } catch {
    return String(object);
  }
}

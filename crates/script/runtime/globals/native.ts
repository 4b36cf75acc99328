/** What the host gives the globals beside the interface of scenes. */
export interface Surroundings extends Native {
  /** Whether time passes: true for scripts that run, false while a film is recorded. */
  live: boolean;
  /** Milliseconds since the start, for live scripts. */
  elapsed(): number;
  /** The bytes behind a URL or path; throws with the cause. */
  read(src: string): ArrayBuffer;
  /** The function that a CommonJS module's text is. */
  compile(file: string): unknown;
  /** Ends the script with an exit code. */
  exit(code: number): void;
  /** Arguments and environment of a live script. */
  argv: string[];
  env: Record<string, string>;
  /** Calls a media function; arguments and result are JSON. */
  media?(name: string, args: string): string;
}

export const native = __kinora as Surroundings;

/** Defines a global that scripts may replace. */
export function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, {value, configurable: true, writable: true, enumerable: false});
}

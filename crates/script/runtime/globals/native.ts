/** What the host gives the globals beside the interface of scenes. */
export interface Surroundings extends Native {
  /** Whether time passes: true for scripts that run, false while a film is recorded. */
  live: boolean;
  /** Milliseconds since the start, for live scripts. */
  elapsed(): number;
  /** The answer to a request; header names and values take turns. Throws with the cause. */
  fetch(
    url: string,
    method: string,
    headers: string[],
    body: number[],
  ): {url: string; redirected: boolean; status: number; statusText: string; headers: string[]; body: ArrayBuffer};
  /** Where the parts of a text begin, in UTF-16 units, each with 1 where it is a word. */
  segments(text: string, granularity: string): number[];
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

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
    body: Uint8Array,
  ): {url: string; redirected: boolean; status: number; statusText: string; headers: string[]; body: ArrayBuffer};
  /** The text that bytes are in UTF-8, and how many of them it took: where more may come, a letter whose end is missing is left. Nothing if they are no such text and must be. */
  decode(bytes: Uint8Array, fatal: boolean, more: boolean): [string, number] | undefined;
  /** The bytes of a text without lone surrogates. */
  encode(text: string): Uint8Array;
  /** Where the parts of a text begin, in UTF-16 units, each with 1 where it is a word. */
  segments(text: string, granularity: string): number[];
  /** The function that a CommonJS module's text is. */
  compile(file: string): unknown;
  /** Throws if the script has to end. */
  breathe(): void;
  /** Says that what is called here may last, so that what ends it knows the place. */
  enter(): void;
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

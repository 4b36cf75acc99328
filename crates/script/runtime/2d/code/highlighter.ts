/** What a highlighter says of the code from some place on. */
export interface HighlightResult {
  /** Any colour, or none. */
  color: string | null;
  /** For how many characters this holds. */
  skipAhead: number;
}

/** Finds colours for code. */
export interface CodeHighlighter<T = unknown> {
  /** Whether it is ready; code is plain until it is. */
  initialize(): boolean;
  /** Whatever {@link highlight} needs to know of the code. */
  prepare(code: string): T;
  /** The colour at a place in the code. */
  highlight(index: number, cache: T): HighlightResult;
  /** The code in the pieces that stay together in a change. */
  tokenize(code: string): string[];
}

/** What a highlighter has found out about code before and after its changes. */
export interface HighlighterCache {
  before: unknown;
  after: unknown;
}

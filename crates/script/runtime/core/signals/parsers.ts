const BUILT_IN = Symbol.for('@revideo/core/signals/builtInParser');

/** Whether a parser is declared to be one of ours: calling it with a number changes nothing, and does not fail. */
export function isBuiltInParser(parser: any): boolean {
  return parser[BUILT_IN] === true;
}

const keepers = new WeakSet<Function>();

/**
 * Declares a parser, or the constructor that one calls, to be one of ours that leaves what it has made
 * as it is: calling it with such a value changes nothing, does not fail, and gives the same.
 */
export function declareKeeper<T extends Function>(parser: T): T {
  keepers.add(parser);
  return parser;
}

/** Whether a parser or a constructor is one of ours that leaves what it has made as it is. */
export function isKeeper(parser: Function): boolean {
  return keepers.has(parser);
}

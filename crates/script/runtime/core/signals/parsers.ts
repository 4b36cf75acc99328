const BUILT_IN = Symbol.for('@revideo/core/signals/builtInParser');

/** Whether a parser is declared to be one of ours: calling it with a number changes nothing, and does not fail. */
export function isBuiltInParser(parser: any): boolean {
  return parser[BUILT_IN] === true;
}

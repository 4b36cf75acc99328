const BUILT_IN = Symbol.for('@revideo/core/signals/builtInParser');

/** Declares a parser to be one of ours: it needs no `this`, changes nothing and does not fail with numbers. */
export function builtInParser<T extends Function>(parser: T): T {
  Object.defineProperty(parser, BUILT_IN, {value: true});
  return parser;
}

/** Whether a parser was declared so. */
export function isBuiltInParser(parser: any): boolean {
  return parser[BUILT_IN] === true;
}

/** Declares a parser to be one of ours: it needs no `this`, changes nothing and does not fail with numbers. */
export declare function builtInParser<T extends Function>(parser: T): T;
/** Whether a parser was declared so. */
export declare function isBuiltInParser(parser: any): boolean;

/** Whether a parser is declared to be one of ours: calling it with a number changes nothing, and does not fail. */
export declare function isBuiltInParser(parser: any): boolean;
/**
 * Declares a parser, or the constructor that one calls, to be one of ours that leaves what it has made
 * as it is: calling it with such a value changes nothing, does not fail, and gives the same.
 */
export declare function declareKeeper<T extends Function>(parser: T): T;
/** Whether a parser or a constructor is one of ours that leaves what it has made as it is. */
export declare function isKeeper(parser: Function): boolean;

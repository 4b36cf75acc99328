/** Throws for a part of the browser-based library that this renderer does not have. */
export declare function unavailable(what: string, instead: string): never;

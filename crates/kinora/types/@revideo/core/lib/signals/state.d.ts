export declare const FRESH = 0;
export declare const STALE = 1;
/** It is being computed; to be told meanwhile that it is old makes it stale. */
export declare const COMPUTING = 2;
export type State = typeof FRESH | typeof STALE | typeof COMPUTING;

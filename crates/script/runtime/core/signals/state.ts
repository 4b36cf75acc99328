// Whether a cached value holds. Numbers, not an enum: they are read all the time.

export const FRESH = 0;
export const STALE = 1;
/** It is being computed; to be told meanwhile that it is old makes it stale. */
export const COMPUTING = 2;

export type State = typeof FRESH | typeof STALE | typeof COMPUTING;

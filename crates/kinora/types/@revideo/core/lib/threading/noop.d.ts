import type { ThreadGenerator } from './ThreadGenerator';
/** A task that does nothing and takes no time. */
export declare function noop(): ThreadGenerator;

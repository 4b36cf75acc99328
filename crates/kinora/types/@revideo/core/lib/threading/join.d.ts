import type { Thread } from './Thread';
import type { ThreadGenerator } from './ThreadGenerator';
/** Waits until all the given children of this task have ended. */
export declare function join(...tasks: ThreadGenerator[]): ThreadGenerator;
/** Waits until all (`true`) or one (`false`) of the given children of this task have ended. */
export declare function join(all: boolean, ...tasks: ThreadGenerator[]): ThreadGenerator;
/** The threads among the children of `parent` that run the given tasks. */
export declare function joinable(parent: Thread, tasks: ThreadGenerator[]): Thread[];
/** Sets the clock of `parent` to that of the last of its ended children, if that is after `start`. */
export declare function joinAll(parent: Thread, children: Thread[], start: number): void;

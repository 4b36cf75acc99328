import type { Thread } from '../threading/Thread';
/** The running threads, innermost last. */
export declare const threadStack: Thread[];
/** The thread that is running. */
export declare function useThread(): Thread;
/** Seconds since the scene's start in the running task, sub-frame remainders included. */
export declare function useTime(): number;
export declare function startThread(thread: Thread): void;
export declare function endThread(thread: Thread): void;

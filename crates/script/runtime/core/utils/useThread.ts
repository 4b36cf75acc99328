import type {Thread} from '../threading/Thread';

/** The running threads, innermost last. */
export const threadStack: Thread[] = [];

/** The thread that is running. */
export function useThread(): Thread {
  const thread = threadStack[threadStack.length - 1];
  if (thread === undefined) {
    throw new Error("there is no running task here: call this from within a scene's generator function");
  }
  return thread;
}

/** Seconds since the scene's start in the running task, sub-frame remainders included. */
export function useTime(): number {
  return useThread().time();
}

export function startThread(thread: Thread): void {
  threadStack.push(thread);
}

export function endThread(thread: Thread): void {
  if (threadStack.pop() !== thread) throw new Error('startThread and endThread must be called in pairs');
}

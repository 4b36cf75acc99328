import {usePlayback} from '../utils/usePlayback';
import {setTaskName} from './names';
import {Thread} from './Thread';
import {isThreadGenerator} from './ThreadGenerator';
import type {ThreadGenerator} from './ThreadGenerator';

/** Makes the root task. */
export interface ThreadsFactory {
  (): ThreadGenerator;
}

/** Receives the root thread before it first runs. */
export interface ThreadsCallback {
  (root: Thread): void;
}

/**
 * Runs a task and everything it starts. Yields once per frame, and passes promises up to be awaited.
 *
 * Within a frame children run in the order they were created and before their parents, so that a
 * parent joining its children notices their end in the same frame.
 */
export function* threads(factory: ThreadsFactory, callback?: ThreadsCallback): ThreadGenerator {
  const playback = usePlayback();
  const runner = factory();
  setTaskName(runner, 'root');
  const root = new Thread(runner);
  callback?.(root);

  // In processing order; the stack holds the same threads, next one last.
  let running: Thread[] = [root];
  const stack: Thread[] = [];
  while (running.length > 0) {
    const dt = playback.deltaTime;
    const remaining: Thread[] = [];
    for (let index = running.length - 1; index >= 0; index--) stack.push(running[index]);
    for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
      if (thread.canceled) continue;
      const result = thread.next();
      if (result.done) {
        thread.cancel();
      } else if (isThreadGenerator(result.value)) {
        const child = new Thread(result.value, thread);
        thread.value = result.value;
        stack.push(thread, child);
      } else if (result.value) {
        thread.value = yield result.value;
        stack.push(thread);
      } else {
        const parent = thread;
        parent.update(dt);
        parent.drain(task => remaining.push(new Thread(task, parent)));
        remaining.push(parent);
      }
    }
    running = remaining.filter(isAlive);
    if (running.length > 0) yield;
  }
}

function isAlive(thread: Thread): boolean {
  return !thread.canceled;
}

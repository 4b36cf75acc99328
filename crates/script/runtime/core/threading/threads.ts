import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {usePlayback} from '../utils/usePlayback';
import {FrameStep} from './FrameStep';
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

decorate(threads, threadable());
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

  // In the order in which they run.
  let running: Thread[] = [root];
  let remaining: Thread[] = [];
  const stack: Thread[] = [];
  while (running.length > 0) {
    const dt = playback.deltaTime;
    const ended = Thread.endCount;
    for (let index = 0; index < running.length; index++) {
      let thread: Thread | undefined = running[index];
      if (thread.canceled) continue;
      const {step} = thread;
      if (step !== null && !thread.paused) {
        const {fixed} = thread;
        thread.frameTime = fixed;
        if (step.advance()) {
          // As `pass` does; a thread that is stepped has nothing queued.
          if (thread.timeSignal === null && !thread.lostChildren) {
            thread.clock += dt;
            thread.fixed = fixed + dt;
          } else {
            thread.update(dt);
          }
          // As `push` does, without a call: films have many tweens.
          remaining[remaining.length] = thread;
          continue;
        }
        thread.step = null;
      }
      for (; thread !== undefined; thread = stack.pop()) {
        if (thread.canceled) continue;
        const {value, done} = thread.next();
        if (done) {
          thread.cancel();
        } else if (!value) {
          thread.pass(dt, remaining);
        } else if (value instanceof FrameStep) {
          thread.step = value;
          thread.pass(dt, remaining);
        } else if (isThreadGenerator(value)) {
          const child = new Thread(value, thread);
          thread.value = value;
          stack.push(thread, child);
        } else {
          thread.value = yield value;
          stack.push(thread);
        }
      }
    }
    const finished = running;
    running = Thread.endCount === ended ? remaining : remaining.filter(isAlive);
    remaining = finished;
    remaining.length = 0;
    if (running.length > 0) yield;
  }
}

function isAlive(thread: Thread): boolean {
  return !thread.canceled;
}

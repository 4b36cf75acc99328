import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {checkedSeconds} from '../threading/checkedSeconds';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {useThread} from '../utils/useThread';

decorate(tween, threadable());
/**
 * Calls `onProgress` once per frame for `seconds` with progress 0–1 and the seconds passed; the
 * first call is at 0, the last at 1.
 */
export function* tween(
  seconds: number,
  onProgress: (value: number, time: number) => void,
  onEnd?: (value: number, time: number) => void,
): ThreadGenerator {
  seconds = checkedSeconds(seconds, 'a tween');
  const thread = useThread();
  const start = thread.now;
  const end = start + seconds;
  onProgress(0, 0);
  while (thread.fixed < end) {
    const time = thread.fixed - start;
    // A task that starts between two frames has its first moment in the next one.
    if (time > 0) onProgress(time / seconds, time);
    yield;
  }
  thread.now = end;
  onProgress(1, seconds);
  onEnd?.(1, seconds);
}

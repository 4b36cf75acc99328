import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {checkedSeconds} from '../threading/checkedSeconds';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {usePlayback} from '../utils/usePlayback';
import {useThread} from '../utils/useThread';

decorate(waitFor, threadable());
/**
 * Waits `seconds`, then runs `after`. Ends up to one frame early; what is missing stays in the
 * thread's clock, so that waits do not drift.
 */
export function* waitFor(seconds = 0, after?: ThreadGenerator): ThreadGenerator {
  const thread = useThread();
  const step = usePlayback().framesToSeconds(1);
  const target = thread.now + checkedSeconds(seconds, '`waitFor`');
  // Subtracted first: the rounding decides on which frame the wait ends.
  const last = target - step;
  while (thread.fixed < last) yield;
  thread.now = target;
  if (after) yield* after;
}

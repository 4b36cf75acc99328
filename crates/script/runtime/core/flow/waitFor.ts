import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {checkedSeconds} from '../threading/checkedSeconds';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {WaitStep} from '../threading/WaitStep';
import {usePlayback} from '../utils/usePlayback';
import {useLogger} from '../utils/useScene';
import {useThread} from '../utils/useThread';

decorate(waitFor, threadable());
/**
 * Waits `seconds`, then runs `after`. Ends up to one frame early; what is missing stays in the
 * thread's clock, so that waits do not drift.
 */
export function* waitFor(seconds = 0, after?: ThreadGenerator): ThreadGenerator {
  const thread = useThread();
  if (seconds === Infinity && thread.parent === null) {
    useLogger().error({
      message: '`waitFor` was given `Infinity`: the scene would never end',
      remarks: 'wait beside the scene with `yield waitFor(…)`, or for a number of seconds',
      stack: new Error().stack,
    });
    return;
  }
  const step = usePlayback().framesToSeconds(1);
  const target = thread.now + checkedSeconds(seconds, '`waitFor`');
  // Subtracted first: the rounding decides on which frame the wait ends.
  const wait = new WaitStep(thread, target - step);
  while (wait.next()) yield wait.asYield;
  thread.now = target;
  if (after) yield* after;
}

import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {checkedSeconds} from '../threading/checkedSeconds';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {usePlayback} from '../utils/usePlayback';
import {useThread} from '../utils/useThread';
import type {LoopCallback} from './loop';

decorate(loopFor, threadable());
/** Repeats for `seconds`; the last turn may take longer. */
export function* loopFor(seconds: number, factory: LoopCallback): ThreadGenerator {
  const thread = useThread();
  const step = usePlayback().framesToSeconds(1);
  const target = thread.now + checkedSeconds(seconds, '`loopFor`');
  for (let index = 0; target - step > thread.fixed; index++) {
    const task = factory(index);
    if (task) yield* task;
    else yield;
  }
  thread.now = target;
}

import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {joinable, joinAll} from '../threading/join';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {useThread} from '../utils/useThread';

decorate(all, threadable());
/** Runs tasks at once and waits for all of them. */
export function* all(...tasks: ThreadGenerator[]): ThreadGenerator {
  for (const task of tasks) yield task;
  // As `join` does, without a generator in between.
  const thread = useThread();
  const start = thread.now;
  const children = joinable(thread, tasks);
  for (let index = 0; index < children.length;) {
    if (children[index].canceled) index++;
    else yield;
  }
  joinAll(thread, children, start);
}

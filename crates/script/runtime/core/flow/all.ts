import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {joinable, joinAll} from '../threading/join';
import {JoinStep} from '../threading/JoinStep';
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
  const step = new JoinStep(thread, children);
  while (step.next()) yield step.asYield;
  joinAll(thread, children, start);
}

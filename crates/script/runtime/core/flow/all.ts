import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {join} from '../threading/join';
import type {ThreadGenerator} from '../threading/ThreadGenerator';

decorate(all, threadable());
/** Runs tasks at once and waits for all of them. */
export function* all(...tasks: ThreadGenerator[]): ThreadGenerator {
  for (const task of tasks) yield task;
  yield* join(true, ...tasks);
}

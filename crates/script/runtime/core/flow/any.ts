import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {join} from '../threading/join';
import type {ThreadGenerator} from '../threading/ThreadGenerator';

decorate(any, threadable());
/** Runs tasks at once and waits for the first to end; the others run on. */
export function* any(...tasks: ThreadGenerator[]): ThreadGenerator {
  for (const task of tasks) yield task;
  yield* join(false, ...tasks);
}

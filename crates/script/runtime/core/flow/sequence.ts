import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {join} from '../threading/join';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {waitFor} from './waitFor';

decorate(sequence, threadable());
/** Starts tasks `delay` seconds apart and waits for all of them. */
export function* sequence(delay: number, ...tasks: ThreadGenerator[]): ThreadGenerator {
  for (const task of tasks) {
    yield task;
    yield* waitFor(delay);
  }
  yield* join(true, ...tasks);
}

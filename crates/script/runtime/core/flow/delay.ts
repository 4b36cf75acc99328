import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {isThreadGenerator} from '../threading/ThreadGenerator';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import type {Callback} from './chain';
import {waitFor} from './waitFor';

decorate(delay, threadable());
/** Runs a task, or calls a function, after `time` seconds. */
export function* delay(time: number, item: ThreadGenerator | Callback): ThreadGenerator {
  yield* waitFor(time);
  if (isThreadGenerator(item)) yield* item;
  else item();
}

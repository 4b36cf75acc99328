import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {useScene} from '../utils/useScene';
import {useThread} from '../utils/useThread';
import {waitFor} from './waitFor';

/** Motion Canvas: seconds from now to a time event (see `TimeEvents`), less than 0 if it is over. */
export function useDuration(name: string): number {
  return useScene().timeEvents.register(name, useThread().now);
}

decorate(waitUntil, threadable());
/** Motion Canvas: waits until a time event. */
export function* waitUntil(event: string, after?: ThreadGenerator): ThreadGenerator {
  yield* waitFor(useDuration(event));
  if (after) yield* after;
}

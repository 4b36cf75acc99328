import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {useLogger} from '../utils/useScene';

const warned = new Set<string>();

/** Motion Canvas: seconds until a time event. There are no time events here: always 0, with a warning. */
export function useDuration(name: string): number {
  if (!warned.has(name)) {
    warned.add(name);
    useLogger().warn({
      message: `the time event \`${name}\` has no length here`,
      remarks: 'time events live in the Motion Canvas editor; use `waitFor(seconds)` instead',
    });
  }
  return 0;
}

decorate(waitUntil, threadable());
/** Motion Canvas: waits for a time event. There are no time events here, so it takes no time. */
export function* waitUntil(event: string, after?: ThreadGenerator): ThreadGenerator {
  useDuration(event);
  if (after) yield* after;
}

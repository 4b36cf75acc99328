import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {isThreadGenerator} from '../threading/ThreadGenerator';
import type {ThreadGenerator} from '../threading/ThreadGenerator';

/** A function called for its effect. */
export type Callback = () => void;

decorate(chain, threadable());
/** Runs tasks, and calls functions, one after another. */
export function* chain(...items: (ThreadGenerator | Callback)[]): ThreadGenerator {
  for (const item of items) {
    if (isThreadGenerator(item)) yield* item;
    else item();
  }
}

import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import type {LoopCallback} from './loop';
import {loopFor} from './loopFor';
import {useDuration} from './waitUntil';

decorate(loopUntil, threadable());
/** Motion Canvas: repeats until a time event. */
export function* loopUntil(event: string, factory: LoopCallback): ThreadGenerator {
  yield* loopFor(useDuration(event), factory);
}

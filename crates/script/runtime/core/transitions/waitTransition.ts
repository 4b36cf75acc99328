import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {waitFor} from '../flow/waitFor';
import {useTransition} from './useTransition';

decorate(waitTransition, threadable());
/** Motion Canvas: shows the former scene for `duration` seconds more, below this one. */
export function* waitTransition(duration = 0.6): ThreadGenerator {
  const end = useTransition(() => undefined);
  yield* waitFor(duration);
  end();
}

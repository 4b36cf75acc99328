import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {createSignal} from '../signals/createSignal';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {useTransition} from './useTransition';

decorate(fadeTransition, threadable());
/** Fades the scene in over the former one in `duration` seconds. */
export function* fadeTransition(duration = 0.6): ThreadGenerator {
  const progress = createSignal(0);
  const end = useTransition(ctx => {
    ctx.globalAlpha = progress();
  });
  yield* progress(1, duration);
  end();
}

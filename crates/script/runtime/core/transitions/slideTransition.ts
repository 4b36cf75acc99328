import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {Direction} from '../types/Origin';
import type {Origin} from '../types/Origin';
import {Vector2} from '../types/Vector';
import {useScene} from '../utils/useScene';
import {useTransition} from './useTransition';

decorate(slideTransition, threadable());
/** Slides the scene in from `direction`, pushing the former one out, in `duration` seconds. */
export function* slideTransition(direction: Direction | Origin = Direction.Top, duration = 0.6): ThreadGenerator {
  const position = useScene().getRealSize().getOriginOffset(direction).scale(2);
  const current = Vector2.createSignal(position);
  const previous = Vector2.createSignal(Vector2.zero);
  const end = useTransition(
    ctx => ctx.translate(current.x(), current.y()),
    ctx => ctx.translate(previous.x(), previous.y()),
  );
  yield previous(position.scale(-1), duration);
  yield* current(Vector2.zero, duration);
  end();
}

import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {all} from '../flow/all';
import {createSignal} from '../signals/createSignal';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {clampRemap} from '../tweening/helpers';
import {easeInOutCubic, linear} from '../tweening/timingFunctions';
import type {BBox} from '../types/BBox';
import {Vector2} from '../types/Vector';
import {useScene} from '../utils/useScene';
import {useTransition} from './useTransition';

decorate(zoomInTransition, threadable());
/** Zooms into `area` of the former scene until this one fills the frame, in `duration` seconds. */
export function* zoomInTransition(area: BBox, duration = 0.6): ThreadGenerator {
  const scale = useScene().getRealSize().div(area.size);
  const alpha = createSignal(0);
  const currentPosition = Vector2.createSignal(area.position);
  const currentScale = Vector2.createSignal(Vector2.one.div(scale));
  const previousPosition = Vector2.createSignal(Vector2.zero);
  const previousScale = Vector2.createSignal(Vector2.one);
  const end = useTransition(
    ctx => {
      ctx.globalAlpha = clampRemap(0.1, 0.5, 0, 1, alpha());
      ctx.translate(currentPosition.x(), currentPosition.y());
      ctx.scale(currentScale.x(), currentScale.y());
    },
    ctx => {
      ctx.globalAlpha = clampRemap(0.5, 0.9, 1, 0, alpha());
      ctx.translate(previousPosition.x(), previousPosition.y());
      ctx.scale(previousScale.x(), previousScale.y());
    },
  );
  const timing = (value: number, from?: number, to?: number) => easeInOutCubic(value ** 2, from, to);
  yield* all(
    alpha(1, duration, linear),
    currentPosition(Vector2.zero, duration, timing),
    currentScale(Vector2.one, duration, timing),
    previousPosition(area.position.flipped.mul(scale), duration, timing),
    previousScale(scale, duration, timing),
  );
  end();
}

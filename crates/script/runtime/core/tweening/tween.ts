import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {checkedSeconds} from '../threading/checkedSeconds';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {useThread} from '../utils/useThread';
import {TweenStep} from './TweenStep';

decorate(tween, threadable());
/**
 * Calls `onProgress` once per frame for `seconds` with progress 0–1 and the seconds passed; the
 * first call is at 0, the last at 1.
 */
export function* tween(
  seconds: number,
  onProgress: (value: number, time: number) => void,
  onEnd?: (value: number, time: number) => void,
): ThreadGenerator {
  seconds = checkedSeconds(seconds, 'a tween');
  const thread = useThread();
  const step = new TweenStep(thread, seconds, onProgress);
  onProgress(0, 0);
  while (step.next()) yield step.asYield;
  thread.now = step.end;
  onProgress(1, seconds);
  onEnd?.(1, seconds);
}

import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {useLogger} from '../utils/useScene';
import {useThread} from '../utils/useThread';

/** One turn of a loop: a task, or a plain function that takes a frame. */
export interface LoopCallback {
  (i: number): ThreadGenerator | void;
}

decorate(loop, threadable());
/** Repeats for ever; must not be used on the scene's own task. */
export function loop(factory: LoopCallback): ThreadGenerator;
/** Repeats `iterations` times. */
export function loop(iterations: number, factory: LoopCallback): ThreadGenerator;
export function* loop(iterations: LoopCallback | number, factory?: LoopCallback): ThreadGenerator {
  const callback = typeof iterations === 'number' ? factory! : iterations;
  const count = typeof iterations === 'number' ? iterations : Infinity;
  if (count === Infinity && useThread().parent === null) {
    useLogger().error({
      message: 'an endless `loop` would keep the scene from ever ending',
      remarks: 'run it beside the scene with `yield loop(…)`, or give it a number of iterations',
      stack: new Error().stack,
    });
    return;
  }
  for (let index = 0; index < count; index++) {
    const task = callback(index);
    if (task) yield* task;
    else yield;
  }
}

import {useThread} from '../utils/useThread';
import type {ThreadGenerator} from './ThreadGenerator';

/** Ends the given children of this task. Their clocks stop at its time, for those who join them later. */
export function cancel(...tasks: ThreadGenerator[]): void {
  const parent = useThread();
  for (const child of parent.children) {
    if (child.canceled || !tasks.includes(child.runner)) continue;
    child.cancel();
    child.now = parent.now;
  }
}

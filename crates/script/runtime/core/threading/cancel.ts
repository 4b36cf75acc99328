import {useThread} from '../utils/useThread';
import type {ThreadGenerator} from './ThreadGenerator';

/** Ends the given children of this task. */
export function cancel(...tasks: ThreadGenerator[]): void {
  for (const child of useThread().children) {
    if (tasks.includes(child.runner)) child.cancel();
  }
}

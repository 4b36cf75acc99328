import {useThread} from '../utils/useThread';
import type {ThreadGenerator} from './ThreadGenerator';

/** Starts a task beside this one with the next frame, without yielding. */
export function spawn(task: ThreadGenerator | (() => ThreadGenerator)): ThreadGenerator {
  return useThread().spawn(task);
}

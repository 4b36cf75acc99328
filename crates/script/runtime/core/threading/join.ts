import {useThread} from '../utils/useThread';
import type {Thread} from './Thread';
import type {ThreadGenerator} from './ThreadGenerator';

/** Waits until all the given children of this task have ended. */
export function join(...tasks: ThreadGenerator[]): ThreadGenerator;
/** Waits until all (`true`) or one (`false`) of the given children of this task have ended. */
export function join(all: boolean, ...tasks: ThreadGenerator[]): ThreadGenerator;
export function* join(first: ThreadGenerator | boolean, ...rest: ThreadGenerator[]): ThreadGenerator {
  const all = typeof first === 'boolean' ? first : true;
  const tasks = typeof first === 'boolean' || first === undefined ? rest : [first, ...rest];
  const parent = useThread();
  const children = parent.children.filter(child => tasks.includes(child.runner));
  const start = parent.time();
  if (all) {
    while (children.some(isRunning)) yield;
    let end = start;
    for (const child of children) end = Math.max(end, child.time());
    parent.time(end);
  } else {
    while (children.length > 0 && children.every(isRunning)) yield;
    let end = Infinity;
    for (const child of children) if (child.canceled) end = Math.min(end, child.time());
    parent.time(Math.max(start, children.length > 0 ? end : start));
  }
}

function isRunning(thread: Thread): boolean {
  return !thread.canceled;
}

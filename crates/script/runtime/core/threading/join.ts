import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {useThread} from '../utils/useThread';
import {JoinStep} from './JoinStep';
import type {Thread} from './Thread';
import type {ThreadGenerator} from './ThreadGenerator';

decorate(join, threadable());
/** Waits until all the given children of this task have ended. */
export function join(...tasks: ThreadGenerator[]): ThreadGenerator;
/** Waits until all (`true`) or one (`false`) of the given children of this task have ended. */
export function join(all: boolean, ...tasks: ThreadGenerator[]): ThreadGenerator;
export function* join(first: ThreadGenerator | boolean, ...rest: ThreadGenerator[]): ThreadGenerator {
  const all = typeof first === 'boolean' ? first : true;
  const tasks = typeof first === 'boolean' || first === undefined ? rest : [first, ...rest];
  const parent = useThread();
  const children = joinable(parent, tasks);
  const start = parent.now;
  if (all) {
    const step = new JoinStep(parent, children);
    while (step.next()) yield step.asYield;
    joinAll(parent, children, start);
  } else {
    while (children.length > 0 && children.every(isRunning)) yield;
    let end = children.length > 0 ? Infinity : start;
    for (const child of children) if (child.canceled) end = Math.min(end, child.now);
    parent.now = Math.max(start, end);
  }
}

/** The threads among the children of `parent` that run the given tasks. */
export function joinable(parent: Thread, tasks: ThreadGenerator[]): Thread[] {
  const wanted = new Set<ThreadGenerator>(tasks);
  return parent.children.filter(child => wanted.has(child.runner));
}

/** Sets the clock of `parent` to that of the last of its ended children, if that is after `start`. */
export function joinAll(parent: Thread, children: Thread[], start: number): void {
  let end = start;
  for (const child of children) end = Math.max(end, child.now);
  parent.now = end;
}

function isRunning(thread: Thread): boolean {
  return !thread.canceled;
}

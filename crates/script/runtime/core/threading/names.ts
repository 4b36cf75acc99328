import type {ThreadGenerator} from './ThreadGenerator';

const NAME = Symbol('task name');

/** Names a task for messages. */
export function setTaskName(task: ThreadGenerator, source: ThreadGenerator | string): void {
  (task as any)[NAME] = typeof source === 'string' ? source : getTaskName(source);
}

/** The name of a task. */
export function getTaskName(task: ThreadGenerator): string {
  return (task as any)[NAME] ?? 'unknown generator';
}

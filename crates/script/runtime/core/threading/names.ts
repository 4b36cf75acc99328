import type {ThreadGenerator} from './ThreadGenerator';

const NAME = Symbol('task name');

/** Names a task for messages, by a text or as another task. */
export function setTaskName(task: ThreadGenerator, source: ThreadGenerator | string): void {
  (task as any)[NAME] = typeof source === 'string' ? source : getTaskName(source);
}

/** The name a task was given, or that of the function that made it where `threadable` marks that. */
export function getTaskName(task: ThreadGenerator): string {
  const {[NAME]: given, name} = task as any;
  return given ?? (typeof name === 'string' ? name : 'unknown generator');
}

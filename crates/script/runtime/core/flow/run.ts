import {setTaskName} from '../threading/names';
import type {ThreadGenerator} from '../threading/ThreadGenerator';

/** Makes a task of a generator function. */
export function run(runner: () => ThreadGenerator): ThreadGenerator;
/** Makes a named task of a generator function. */
export function run(name: string, runner: () => ThreadGenerator): ThreadGenerator;
export function run(first: string | (() => ThreadGenerator), second?: () => ThreadGenerator): ThreadGenerator {
  const task = typeof first === 'string' ? second!() : first();
  const name = typeof first === 'string' ? first : first.name;
  if (name) setTaskName(task, name);
  return task;
}

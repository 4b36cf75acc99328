import type { ThreadGenerator } from './ThreadGenerator';
/** Names a task for messages. */
export declare function setTaskName(task: ThreadGenerator, source: ThreadGenerator | string): void;
/** The name of a task. */
export declare function getTaskName(task: ThreadGenerator): string;

import type { ThreadGenerator } from './ThreadGenerator';
/** Names a task for messages, by a text or as another task. */
export declare function setTaskName(task: ThreadGenerator, source: ThreadGenerator | string): void;
/** The name a task was given, or that of the function that made it where `threadable` marks that. */
export declare function getTaskName(task: ThreadGenerator): string;

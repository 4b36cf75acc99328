import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Makes a task of a generator function. */
export declare function run(runner: () => ThreadGenerator): ThreadGenerator;
/** Makes a named task of a generator function. */
export declare function run(name: string, runner: () => ThreadGenerator): ThreadGenerator;

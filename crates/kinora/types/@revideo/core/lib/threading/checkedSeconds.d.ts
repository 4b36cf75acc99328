/** The length of a task; what is no number counts as 0, with a warning, so that clocks stay numbers. */
export declare function checkedSeconds(seconds: number, task: string): number;

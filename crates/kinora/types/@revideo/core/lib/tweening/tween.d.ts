import type { ThreadGenerator } from '../threading/ThreadGenerator';
/**
 * Calls `onProgress` once per frame for `seconds` with progress 0–1 and the seconds passed; the
 * first call is at 0, the last at 1.
 */
export declare function tween(seconds: number, onProgress: (value: number, time: number) => void, onEnd?: (value: number, time: number) => void): ThreadGenerator;

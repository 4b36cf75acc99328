import type { ThreadGenerator } from '../threading/ThreadGenerator';
/** Called with the number of ticks so far. */
export interface EveryCallback {
    (tick: number): void;
}
/** A timer counting in whole frames. */
export interface EveryTimer {
    /** The task to run. */
    runner: ThreadGenerator;
    /** Changes the interval, in seconds. */
    setInterval(value: number): void;
    setCallback(callback: EveryCallback): void;
    /** Waits for the next tick. */
    sync(): ThreadGenerator;
}
/** Calls `callback` now and then every `interval` seconds, rounded up to whole frames. */
export declare function every(interval: number, callback: EveryCallback): EveryTimer;

import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {usePlayback} from '../utils/usePlayback';

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

decorate(everyRunner, threadable('every'));
function* everyRunner(timer: TimerState): ThreadGenerator {
  let elapsed = 0;
  let tick = 0;
  timer.ticked = true;
  timer.callback(tick);
  while (true) {
    if (elapsed >= timer.frames) {
      elapsed = 0;
      tick++;
      timer.ticked = true;
      timer.callback(tick);
    } else {
      timer.ticked = false;
    }
    elapsed++;
    yield;
  }
}

interface TimerState {
  frames: number;
  callback: EveryCallback;
  ticked: boolean;
}

/** Calls `callback` now and then every `interval` seconds, rounded up to whole frames. */
export function every(interval: number, callback: EveryCallback): EveryTimer {
  const playback = usePlayback();
  const timer: TimerState = {frames: playback.secondsToFrames(interval), callback, ticked: false};
  return {
    runner: everyRunner(timer),
    setInterval(value) {
      timer.frames = playback.secondsToFrames(value);
    },
    setCallback(value) {
      timer.callback = value;
    },
    *sync() {
      while (!timer.ticked) yield;
    },
  };
}

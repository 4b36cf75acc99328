import {define, native} from './native';

interface Timer {
  id: number;
  due: number;
  every: number | null;
  callback: (...args: unknown[]) => void;
  args: unknown[];
}

const timers: Timer[] = [];
let lastId = 0;
/** Time of the last timer that ran, where time does not pass by itself. */
let reached = 0;

const now = () => (native.live ? native.elapsed() : reached);

function add(callback: unknown, delay: unknown, repeat: boolean, args: unknown[]): number {
  if (typeof callback !== 'function') {
    throw new TypeError('a timer needs a function to call');
  }
  const wait = Math.max(Number(delay) || 0, repeat ? 1 : 0);
  lastId += 1;
  const run = callback as Timer['callback'];
  timers.push({id: lastId, due: now() + wait, every: repeat ? wait : null, callback: run, args});
  return lastId;
}

function clear(id: unknown): void {
  const index = timers.findIndex(timer => timer.id === id);
  if (index >= 0) {
    timers.splice(index, 1);
  }
}

function first(): Timer | undefined {
  return timers.reduce<Timer | undefined>((best, timer) => (best && best.due <= timer.due ? best : timer), undefined);
}

/** Milliseconds until the next timer is due; -1 when there is none. */
export function nextTimer(): number {
  const timer = first();
  return timer ? Math.max(timer.due - now(), 0) : -1;
}

/** Runs the timer that is due first. */
export function runTimer(): void {
  const timer = first();
  if (!timer) {
    return;
  }
  reached = Math.max(reached, timer.due);
  if (timer.every === null) {
    clear(timer.id);
  } else {
    timer.due += timer.every;
  }
  timer.callback(...timer.args);
}

define('setTimeout', (callback: unknown, delay?: unknown, ...args: unknown[]) => add(callback, delay, false, args));
define('setInterval', (callback: unknown, delay?: unknown, ...args: unknown[]) => add(callback, delay, true, args));
define('setImmediate', (callback: unknown, ...args: unknown[]) => add(callback, 0, false, args));
define('clearTimeout', clear);
define('clearInterval', clear);
define('clearImmediate', clear);

import {waitFor} from '../flow/waitFor';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {easeInOutCubic} from '../tweening/timingFunctions';
import type {InterpolationFunction, TimingFunction} from '../tweening/types';
import type {SignalContext} from './SignalContext';
import type {DEFAULT} from './symbols';
import type {SignalGenerator, SignalValue} from './types';

type Entry = () => ThreadGenerator | void;

interface TaskState {
  context: SignalContext<any, any, any>;
  /** The signal's value when the task was created. */
  origin: unknown;
  queue: Entry[];
  timing: TimingFunction;
  interpolation: InterpolationFunction<any> | undefined;
}

type Task = SignalGenerator<any, any> & {state: TaskState};

/** An empty chainable task for a signal. */
export function createSignalTask(context: SignalContext<any, any, any>, origin: unknown): SignalGenerator<any, any> {
  const state: TaskState = {context, origin, queue: [], timing: easeInOutCubic, interpolation: undefined};
  const task = runQueue(state.queue) as unknown as Task;
  task.state = state;
  task.to = to;
  task.back = back;
  task.wait = wait;
  task.run = run;
  task.do = call;
  return task;
}

function* runQueue(queue: Entry[]): ThreadGenerator {
  for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
    const task = entry();
    if (task) yield* task;
  }
}

function to(
  this: Task,
  value: SignalValue<any> | typeof DEFAULT,
  duration: number,
  timing?: TimingFunction,
  interpolation?: InterpolationFunction<any>,
): Task {
  const {state} = this;
  const {context} = state;
  const timingFunction = timing ?? state.timing;
  const interpolationFunction = interpolation ?? state.interpolation!;
  state.timing = timingFunction;
  state.interpolation = interpolationFunction;
  state.queue.push(() => context.animate(value, duration, timingFunction, interpolationFunction));
  return this;
}

function back(this: Task, duration: number, timing?: TimingFunction, interpolation?: InterpolationFunction<any>): Task {
  return to.call(this, this.state.origin, duration, timing, interpolation);
}

function wait(this: Task, duration: number): Task {
  this.state.queue.push(() => waitFor(duration));
  return this;
}

function run(this: Task, task: ThreadGenerator): Task {
  this.state.queue.push(() => task);
  return this;
}

function call(this: Task, callback: () => void): Task {
  this.state.queue.push(() => {
    callback();
  });
  return this;
}

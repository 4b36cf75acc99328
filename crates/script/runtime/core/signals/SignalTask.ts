import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import {waitFor} from '../flow/waitFor';
import {checkedSeconds} from '../threading/checkedSeconds';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {easeInOutCubic} from '../tweening/timingFunctions';
import type {InterpolationFunction, TimingFunction} from '../tweening/types';
import {useThread} from '../utils/useThread';
import type {SignalContext} from './SignalContext';
import {signalStep} from './SignalStep';
import type {DEFAULT} from './symbols';
import type {SignalGenerator, SignalValue} from './types';

type Step = () => ThreadGenerator | void;

interface Tween {
  value: SignalValue<any> | typeof DEFAULT;
  duration: number;
  timing: TimingFunction;
  interpolation: InterpolationFunction<any>;
}

interface TaskState {
  context: SignalContext<any, any, any>;
  /** The signal's value when the task was created. */
  origin: unknown;
  queue: (Step | Tween)[];
  timing: TimingFunction;
  interpolation: InterpolationFunction<any> | undefined;
}

type Task = SignalGenerator<any, any> & {state: TaskState};

/** An empty chainable task for a signal. */
export function createSignalTask(context: SignalContext<any, any, any>, origin: unknown): SignalGenerator<any, any> {
  const state: TaskState = {context, origin, queue: [], timing: easeInOutCubic, interpolation: undefined};
  const task = runQueue(state) as unknown as Task;
  task.state = state;
  task.to = to;
  task.back = back;
  task.wait = wait;
  task.run = run;
  task.do = call;
  return task;
}

decorate(runQueue, threadable('animation chain'));
function* runQueue({context, queue}: TaskState): ThreadGenerator {
  // Entries may be added while the task runs.
  for (let index = 0; index < queue.length; index++) {
    const entry = queue[index];
    if (typeof entry === 'function') {
      const task = entry();
      if (task) yield* task;
      continue;
    }
    const {value, timing, interpolation} = entry;
    const duration = checkedSeconds(entry.duration, 'a tween');
    context.$$beginTween();
    try {
      const custom = context.$$customTween(value, duration, timing, interpolation);
      if (custom !== null) {
        yield* custom;
        continue;
      }
      const thread = useThread();
      const target = context.$$target(value);
      const step = signalStep(thread, context, target, duration, timing, interpolation);
      step.show(0);
      while (step.next()) yield step.asYield;
      thread.now = step.end;
      step.show(1);
      context.set(target);
    } finally {
      context.$$endTween();
    }
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
  const timingFunction = timing ?? state.timing;
  const interpolationFunction = interpolation ?? state.interpolation!;
  state.timing = timingFunction;
  state.interpolation = interpolationFunction;
  state.queue.push({value, duration, timing: timingFunction, interpolation: interpolationFunction});
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

import {FrameStep} from '../threading/FrameStep';
import type {Thread} from '../threading/Thread';
import {blendOf} from '../tweening/blends';
import {isBuiltIn} from '../tweening/builtIn';
import {deepLerp, map} from '../tweening/interpolationFunctions';
import type {InterpolationFunction, TimingFunction} from '../tweening/types';
import type {SignalContext, ValueMaker} from './SignalContext';
import {noteSlots, putRow, values} from './slots';

/** What a tween of a signal does in every frame. */
export abstract class SignalStep extends FrameStep {
  public readonly start: number;
  public readonly end: number;

  public constructor(
    thread: Thread,
    protected readonly context: SignalContext<any, any, any>,
    protected readonly duration: number,
    protected readonly timing: TimingFunction,
  ) {
    super(thread);
    this.start = thread.now;
    this.end = this.start + duration;
  }

  /** Sets the signal as it is at a progress of 0–1. */
  public abstract show(progress: number): void;

  protected override take(): boolean {
    const {fixed} = this.thread;
    if (!(fixed < this.end)) return false;
    const time = fixed - this.start;
    if (time > 0) this.show(time / this.duration);
    return true;
  }
}

/** Any tween: blends by a function, and parses what comes of it. */
class BlendStep extends SignalStep {
  private readonly from: unknown;
  private readonly to: unknown;

  public constructor(
    thread: Thread,
    context: SignalContext<any, any, any>,
    private readonly target: any,
    duration: number,
    timing: TimingFunction,
    private readonly interpolation: InterpolationFunction<any>,
  ) {
    super(thread, context, duration, timing);
    this.from = context.get();
    this.to = typeof target === 'function' ? undefined : context.parse(target);
  }

  public override show(progress: number): void {
    const {context, target} = this;
    const to = typeof target === 'function' ? context.parse(target()) : this.to;
    context.set(this.interpolation(this.from, to, this.timing(progress)));
  }
}

// The steps that follow run along a curve of our own and blend without calling anything of the user's:
// nothing in them can fail, and the scheduler may take them as they are.

/** From number to number. */
class NumberStep extends SignalStep {
  private readonly isParsed: boolean;

  public constructor(
    thread: Thread,
    context: SignalContext<any, any, any>,
    private readonly from: number,
    private readonly to: number,
    duration: number,
    timing: TimingFunction,
    /** Whether the end is met exactly, as by `deepLerp`. */
    private readonly isExact: boolean,
  ) {
    super(thread, context, duration, timing);
    this.isParsed = !context.isUnparsed();
  }

  // As `take`, in one call.
  public override advance(): boolean {
    const {fixed} = this.thread;
    if (!(fixed < this.end)) return false;
    const time = fixed - this.start;
    if (time > 0) {
      const {from, to, context} = this;
      const progress = this.timing(time / this.duration);
      const value = progress === 1 && this.isExact ? to : from + (to - from) * progress;
      context.put(this.isParsed ? context.parse(value) : value);
    }
    return true;
  }

  public override show(progress: number): void {
    const {from, to, context} = this;
    const value = this.timing(progress);
    context.put(context.parse(value === 1 && this.isExact ? to : from + (to - from) * value));
  }
}

/** Every component of a compound signal from number to number. */
class ComponentsStep extends SignalStep {
  public constructor(
    thread: Thread,
    context: SignalContext<any, any, any>,
    private readonly components: readonly SignalContext<number, number, any>[],
    private readonly from: readonly number[],
    private readonly to: readonly number[],
    duration: number,
    timing: TimingFunction,
  ) {
    super(thread, context, duration, timing);
  }

  public override advance(): boolean {
    const {fixed} = this.thread;
    if (!(fixed < this.end)) return false;
    const time = fixed - this.start;
    if (time > 0) this.show(time / this.duration);
    return true;
  }

  public override show(progress: number): void {
    const {components, from, to} = this;
    const value = this.timing(progress);
    for (let index = 0; index < components.length; index++) {
      const start = from[index];
      components[index].put(start + (to[index] - start) * value);
    }
  }
}

/**
 * By a function of our own between values that need no parsing. Where the host can blend by itself, it is
 * only told how far: the value is made if somebody reads it.
 */
class ValueStep extends SignalStep implements ValueMaker<unknown> {
  private progress = 0;
  private readonly hostSlot: number;

  public constructor(
    thread: Thread,
    context: SignalContext<any, any, any>,
    private readonly from: unknown,
    private readonly to: unknown,
    duration: number,
    timing: TimingFunction,
    private readonly interpolation: InterpolationFunction<any>,
    private readonly row: readonly number[],
  ) {
    super(thread, context, duration, timing);
    this.hostSlot = context.sink?.takeBlend?.() ?? -1;
  }

  public override advance(): boolean {
    const {fixed} = this.thread;
    if (!(fixed < this.end)) return false;
    const time = fixed - this.start;
    if (time > 0) this.show(time / this.duration);
    return true;
  }

  public override show(progress: number): void {
    const {hostSlot, context} = this;
    this.progress = this.timing(progress);
    if (hostSlot >= 0) {
      // Another tween of the same signal may have put its own there.
      putRow(hostSlot + 1, this.row);
      values[hostSlot] = this.progress;
      noteSlots(hostSlot);
    }
    context.putMaker(this, hostSlot >= 0);
  }

  public make(): unknown {
    return this.interpolation(this.from, this.to, this.progress);
  }
}

/** The step that suits a tween. */
export function signalStep(
  thread: Thread,
  context: SignalContext<any, any, any>,
  target: any,
  duration: number,
  timing: TimingFunction,
  interpolation: InterpolationFunction<any>,
): SignalStep {
  const isOurs = typeof target !== 'function' && isBuiltIn(timing);
  return (
    (isOurs ? quickStep(thread, context, target, duration, timing, interpolation) : null) ??
    new BlendStep(thread, context, target, duration, timing, interpolation)
  );
}

function quickStep(
  thread: Thread,
  context: SignalContext<any, any, any>,
  target: any,
  duration: number,
  timing: TimingFunction,
  interpolation: InterpolationFunction<any>,
): SignalStep | null {
  if (interpolation === deepLerp || interpolation === map) {
    if (typeof target !== 'number' || !context.isSetPlainly()) return null;
    const from = context.get();
    const to = context.parse(target);
    if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
    return new NumberStep(thread, context, from, to, duration, timing, interpolation === deepLerp);
  }
  const blend = blendOf(interpolation);
  if (blend === undefined || context.extensions?.setter) return null;
  const from = context.get();
  const to = context.parse(target);
  if (blend !== 'components') {
    const row = blend.row(from, to);
    if (row === null || context.parse(from) !== from || context.parse(to) !== to) return null;
    return new ValueStep(thread, context, from, to, duration, timing, interpolation, row);
  }
  const components = context.componentContexts();
  const isPlain = (component: SignalContext<any, any, any>) => component.isSetPlainly() && component.isUnparsed();
  if (components === null || !components.every(([, component]) => isPlain(component))) return null;
  const numbers = (value: any): number[] => components.map(([key]) => value[key]);
  const starts = numbers(from);
  const ends = numbers(to);
  // A parser that changes what it has parsed would do so in every frame.
  const isSettled = (value: any, parts: number[]) =>
    parts.every(part => typeof part === 'number') && parts.join() === numbers(context.parse(value)).join();
  if (!isSettled(from, starts) || !isSettled(to, ends)) return null;
  return new ComponentsStep(
    thread,
    context,
    components.map(([, component]) => component),
    starts,
    ends,
    duration,
    timing,
  );
}

import {FrameStep} from '../threading/FrameStep';
import type {Thread} from '../threading/Thread';
import {blendOf} from '../tweening/blends';
import {isBuiltIn} from '../tweening/builtIn';
import {deepLerp, map} from '../tweening/interpolationFunctions';
import type {InterpolationFunction, TimingFunction} from '../tweening/types';
import type {SignalContext, ValueMaker} from './SignalContext';
import {changed, marks, putRow, rows, turn, values} from './slots';

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
  public constructor(
    thread: Thread,
    context: SignalContext<any, any, any>,
    private readonly target: any,
    private readonly from: unknown,
    private readonly to: unknown,
    duration: number,
    timing: TimingFunction,
    private readonly interpolation: InterpolationFunction<any>,
  ) {
    super(thread, context, duration, timing);
  }

  public override show(progress: number): void {
    const {context, target} = this;
    const to = typeof target === 'function' ? context.parse(target()) : this.to;
    context.set(this.interpolation(this.from, to, this.timing(progress)));
  }
}

// The steps that follow run along a curve of our own and blend without calling anything of the user's.
// As long as nobody but the host learns of the values, nothing can fail, nobody can ask for the thread,
// and the scheduler may take the steps as they are; else they are taken as all others.

/** From number to number. */
class NumberStep extends SignalStep {
  /** Parses what is blended; null if nothing does. */
  private readonly parse: ((value: number) => number) | null;

  public constructor(
    thread: Thread,
    context: SignalContext<any, any, any>,
    private readonly from: number,
    private readonly to: number,
    duration: number,
    timing: TimingFunction,
    /** Whether both ends are met exactly, as by `deepLerp`. */
    private readonly isExact: boolean,
  ) {
    super(thread, context, duration, timing);
    this.parse = context.$$ownParser();
  }

  // As `take`, in one call.
  public override advance(): boolean {
    const {fixed} = this.thread;
    if (!(fixed < this.end)) return false;
    const time = fixed - this.start;
    if (time > 0) {
      const {from, parse} = this;
      const progress = this.timing(time / this.duration);
      const value =
        (progress === 1 || progress === 0) && this.isExact ? this.edge(progress) : from + (this.to - from) * progress;
      if (!this.context.$$putQuietly(value, parse === null ? value : parse(value))) return super.advance();
    }
    return true;
  }

  public override show(progress: number): void {
    const {from} = this;
    const value = this.timing(progress);
    this.context.setter((value === 1 || value === 0) && this.isExact ? this.edge(value) : from + (this.to - from) * value);
  }

  private edge(progress: number): number {
    return progress === 1 ? this.to : this.from;
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
    if (time > 0) {
      const {components, from, to} = this;
      const progress = this.timing(time / this.duration);
      for (let index = 0; index < components.length; index++) {
        const start = from[index];
        const value = start + (to[index] - start) * progress;
        if (!components[index].$$putQuietly(value, value)) return super.advance();
      }
    }
    return true;
  }

  public override show(progress: number): void {
    const {components, from, to} = this;
    const value = this.timing(progress);
    for (let index = 0; index < components.length; index++) {
      const start = from[index];
      components[index].setter(start + (to[index] - start) * value);
    }
  }
}

/** By a function of our own between values that the host can blend by itself: it is only told how far. */
class ValueStep extends SignalStep implements ValueMaker<unknown> {
  private progress = 0;

  public constructor(
    thread: Thread,
    context: SignalContext<any, any, any>,
    private readonly from: unknown,
    private readonly to: unknown,
    duration: number,
    timing: TimingFunction,
    private readonly interpolation: InterpolationFunction<any>,
    private readonly row: readonly number[],
    private readonly hostSlot: number,
  ) {
    super(thread, context, duration, timing);
  }

  public override advance(): boolean {
    const {fixed} = this.thread;
    if (!(fixed < this.end)) return false;
    const time = fixed - this.start;
    if (time > 0) {
      if (!this.context.$$putMakerQuietly(this)) return super.advance();
      this.progress = this.timing(time / this.duration);
      const {hostSlot} = this;
      // Another tween of the same signal may have put its own there.
      if (rows[hostSlot] !== this.row) putRow(hostSlot, this.row);
      values[hostSlot] = this.progress;
      // As `noteSlots`, without a call.
      if (marks[hostSlot] !== turn) {
        marks[hostSlot] = turn;
        const count = changed[0] + 1;
        changed[0] = count;
        changed[count] = hostSlot;
      }
    }
    return true;
  }

  public override show(progress: number): void {
    this.progress = this.timing(progress);
    this.context.setter(this.make());
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
  const from = context.get();
  const to = typeof target === 'function' ? undefined : context.parse(target);
  const isOurs = typeof target !== 'function' && isBuiltIn(timing);
  return (
    (isOurs ? quickStep(thread, context, from, to, duration, timing, interpolation) : null) ??
    new BlendStep(thread, context, target, from, to, duration, timing, interpolation)
  );
}

function quickStep(
  thread: Thread,
  context: SignalContext<any, any, any>,
  from: any,
  to: any,
  duration: number,
  timing: TimingFunction,
  interpolation: InterpolationFunction<any>,
): SignalStep | null {
  if (interpolation === deepLerp || interpolation === map) {
    if (!Number.isFinite(from) || !Number.isFinite(to) || !context.$$isSetPlainly()) return null;
    return new NumberStep(thread, context, from, to, duration, timing, interpolation === deepLerp);
  }
  const blend = blendOf(interpolation);
  if (blend === undefined || !context.$$isKeptPlainly()) return null;
  const components = context.$$componentContexts();
  if (blend !== 'components') {
    const row = components === null ? blend.row(from, to) : null;
    const hostSlot = row === null ? -1 : (context.$$sink?.takeBlend?.() ?? -1);
    if (row === null || hostSlot < 0) return null;
    return new ValueStep(thread, context, from, to, duration, timing, interpolation, row, hostSlot);
  }
  const isPlain = (component: SignalContext<any, any, any>) => component.$$isSetPlainly() && component.$$isUnparsed();
  if (components === null || !components.every(([, component]) => isPlain(component))) return null;
  const starts: number[] = components.map(([key]) => from[key]);
  const ends: number[] = components.map(([key]) => to[key]);
  if (!starts.every(Number.isFinite) || !ends.every(Number.isFinite)) return null;
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

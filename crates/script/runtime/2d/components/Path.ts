import {tween, unwrap, useLogger} from '@revideo/core';
import type {InterpolationFunction, SignalValue, SimpleSignal, ThreadGenerator, TimingFunction} from '@revideo/core';
import {PATH_COORDINATES} from '../curves/pathCommand';
import {svgPath} from '../curves/svgPath';
import {nodeName} from '../decorators/nodeName';
import {cloneable, initial, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {OWN_PATH} from '../native/ownPath';
import {Curve} from './Curve';
import type {CurveProps} from './Curve';

export interface PathProps extends CurveProps {
  data?: SignalValue<string>;
}

/** A path given by SVG path data, in its own coordinates. */
@nodeName('Path')
@nodeKind('path', OWN_PATH)
export class Path extends Curve {
  @initial('')
  @signal()
  declare public readonly data: SimpleSignal<string, this>;

  /** What is drawn in place of `data` while it tweens. */
  @cloneable(false)
  @initial(null)
  @signal()
  declare public readonly $$morph: SimpleSignal<number[] | null, this>;

  public constructor(props: PathProps = {}) {
    super(props);
  }

  /** The path as the stage takes it. */
  public $$encodePath(): number[] {
    const morph = this.$$morph();
    if (morph !== null) return morph;
    try {
      return svgPath(this.data());
    } catch (error) {
      throw new Error(`\`${this.key}\`: ${(error as Error).message}`, {cause: error});
    }
  }

  protected override $$hasFreeSize(): boolean {
    return false;
  }

  protected override $$outlineProperties(): readonly string[] {
    return ['data', '$$morph'];
  }

  /** Blends paths made of the same commands; others change half-way, with a warning. */
  protected *tweenData(
    value: SignalValue<string>,
    time: number,
    timing: TimingFunction,
    _blend: InterpolationFunction<string>,
  ): ThreadGenerator {
    const from = this.$$encodePath();
    const to = svgPath(unwrap(value));
    const matching = sameCommands(from, to);
    if (!matching) {
      useLogger().warn({
        message: `\`${this.key}\`: the two paths have different commands, so one changes into the other at once`,
        remarks: 'paths blend if they are made of the same commands in the same order',
        inspect: this.key,
      });
    }
    yield* tween(time, progress => {
      const now = timing(progress);
      this.$$morph(matching ? from.map((number, index) => number + (to[index] - number) * now) : now < 0.5 ? from : to);
    });
    this.data(value);
    this.$$morph(null);
  }
}

function sameCommands(a: number[], b: number[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1 + PATH_COORDINATES[a[index]]) {
    if (a[index] !== b[index]) return false;
  }
  return true;
}

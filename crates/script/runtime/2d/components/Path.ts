import {tween, unwrap} from '@revideo/core';
import type {InterpolationFunction, SignalValue, SimpleSignal, ThreadGenerator, TimingFunction} from '@revideo/core';
import {morph} from '../curves/morph';
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

  /** Lets the outline become another one; `data` has the new value at the end. */
  protected *tweenData(
    value: SignalValue<string>,
    time: number,
    timing: TimingFunction,
    _blend: InterpolationFunction<string>,
  ): ThreadGenerator {
    const seen = morph(this.$$encodePath(), svgPath(unwrap(value)));
    yield* tween(time, progress => {
      this.$$morph(seen(timing(progress)));
    });
    this.data(value);
    this.$$morph(null);
  }
}

import type {PossibleVector2, SignalValue, Vector2Signal} from '@revideo/core';
import {PathCommand} from '../curves/pathCommand';
import {nodeName} from '../decorators/nodeName';
import {vector2Signal} from '../decorators/vector2Signal';
import {nodeKind} from '../native/nodeKind';
import {OWN_PATH} from '../native/ownPath';
import {Curve} from './Curve';
import type {CurveProps} from './Curve';

export interface QuadBezierProps extends CurveProps {
  p0?: SignalValue<PossibleVector2>;
  p0X?: SignalValue<number>;
  p0Y?: SignalValue<number>;
  p1?: SignalValue<PossibleVector2>;
  p1X?: SignalValue<number>;
  p1Y?: SignalValue<number>;
  p2?: SignalValue<PossibleVector2>;
  p2X?: SignalValue<number>;
  p2Y?: SignalValue<number>;
}

/** A Bézier curve from `p0` to `p2` with one control point. */
@nodeName('QuadBezier')
@nodeKind('path', OWN_PATH)
export class QuadBezier extends Curve {
  @vector2Signal('p0')
  declare public readonly p0: Vector2Signal<this>;
  @vector2Signal('p1')
  declare public readonly p1: Vector2Signal<this>;
  @vector2Signal('p2')
  declare public readonly p2: Vector2Signal<this>;

  public constructor(props: QuadBezierProps = {}) {
    super(props);
  }

  /** The curve as the stage takes it. */
  public $$encodePath(): number[] {
    const [p0, p1, p2] = [this.p0(), this.p1(), this.p2()];
    return [PathCommand.Move, p0.x, p0.y, PathCommand.Quad, p1.x, p1.y, p2.x, p2.y];
  }

  protected override $$hasFreeSize(): boolean {
    return false;
  }

  protected override $$outlineProperties(): readonly string[] {
    return ['p0', 'p1', 'p2'];
  }
}

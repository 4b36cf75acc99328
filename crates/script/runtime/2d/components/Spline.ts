import {Vector2, unwrap} from '@revideo/core';
import type {PossibleVector2, Signal, SignalValue, SimpleSignal} from '@revideo/core';
import {splinePath} from '../curves/splinePath';
import type {KnotInfo} from '../curves/splinePath';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {OWN_PATH} from '../native/ownPath';
import {Curve} from './Curve';
import type {CurveProps} from './Curve';
import {Knot} from './Knot';

/** Points, each of which may be reactive. */
export type SplinePoints = SignalValue<PossibleVector2>[] | null;

export interface SplineProps extends CurveProps {
  smoothness?: SignalValue<number>;
  points?: SignalValue<SplinePoints>;
}

/** A smooth curve through points, or through the knots among its children. */
@nodeName('Spline')
@nodeKind('path', OWN_PATH)
export class Spline extends Curve {
  /** How far the curve swings at its points; 0 is a polyline. */
  @initial(0.4)
  @signal()
  declare public readonly smoothness: SimpleSignal<number, this>;
  @initial(null)
  @signal()
  declare public readonly points: Signal<SplinePoints, SplinePoints, this>;

  public constructor(props: SplineProps = {}) {
    super(props);
  }

  /** The knots in the node's own space. */
  public knots(): KnotInfo[] {
    const points = this.points();
    if (points === null) {
      return this.$$readChildren()
        .filter(child => child instanceof Knot)
        .map(knot => knot.$$info());
    }
    return points.map(point => {
      const position = new Vector2(unwrap(point));
      return {position, startHandle: position, endHandle: position, auto: {start: 1, end: 1}};
    });
  }

  /** The curve as the stage takes it. */
  public $$encodePath(): number[] {
    return splinePath(this.knots(), this.smoothness(), this.closed());
  }

  protected override $$hasFreeSize(): boolean {
    return false;
  }

  protected override $$outlineProperties(): readonly string[] {
    return ['points', 'smoothness', 'closed'];
  }
}

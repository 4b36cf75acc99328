import {Vector2} from '@revideo/core';
import type {SignalValue, SimpleSignal} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {value} from '../native/stageProperty';
import {Curve} from './Curve';
import type {CurveProps} from './Curve';

export interface PolygonProps extends CurveProps {
  sides?: SignalValue<number>;
  radius?: SignalValue<number>;
}

/** A regular polygon stretched over its box, one corner up. */
@nodeName('Polygon')
@nodeKind('polygon', {
  properties: {
    sides: value('sides'),
    radius: value('radius'),
  },
})
export class Polygon extends Curve {
  @initial(6)
  @signal()
  declare public readonly sides: SimpleSignal<number, this>;
  @initial(0)
  @signal()
  declare public readonly radius: SimpleSignal<number, this>;

  public constructor(props: PolygonProps = {}) {
    super(props);
  }

  /** A corner in the node's own space, counted from the one at the top. */
  public vertex(index: number): Vector2 {
    const half = this.computedSize().scale(0.5);
    return Vector2.fromRadians((index * 2 * Math.PI) / this.sides()).perpendicular.mul(half);
  }

  /** How much of the side at a corner is there, 0–1. */
  public vertexCompletion(index: number): number {
    const sides = this.sides();
    if (index < 0 || index > sides) return 0;
    return index < sides - 1 ? 1 : sides - index;
  }

  protected override $$outlineProperties(): readonly string[] {
    return ['sides', 'radius'];
  }
}

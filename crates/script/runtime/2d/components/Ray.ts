import {BBox} from '@revideo/core';
import type {PossibleVector2, SignalValue, Vector2Signal} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {vector2Signal} from '../decorators/vector2Signal';
import {nodeKind} from '../native/nodeKind';
import {one} from '../native/stageProperty';
import {Curve} from './Curve';
import type {CurveProps} from './Curve';

export interface RayProps extends CurveProps {
  fromX?: SignalValue<number>;
  fromY?: SignalValue<number>;
  from?: SignalValue<PossibleVector2>;
  toX?: SignalValue<number>;
  toY?: SignalValue<number>;
  to?: SignalValue<PossibleVector2>;
}

/** A straight piece between two points. */
@nodeName('Ray')
@nodeKind('line', {
  derived: [one('points', true, node => node.$$encodePoints())],
})
export class Ray extends Curve {
  @vector2Signal('from')
  declare public readonly from: Vector2Signal<this>;
  @vector2Signal('to')
  declare public readonly to: Vector2Signal<this>;

  public constructor(props: RayProps = {}) {
    super(props);
  }

  /** The two ends as the stage takes them. */
  public $$encodePoints(): number[] {
    return [this.from.x(), this.from.y(), this.to.x(), this.to.y()];
  }

  protected override $$hasFreeSize(): boolean {
    return false;
  }

  protected override $$outlineProperties(): readonly string[] {
    return ['from', 'to'];
  }

  protected override getCacheBBox(): BBox {
    const arrow = this.startArrow() || this.endArrow() ? this.arrowSize() : 0;
    return BBox.fromPoints(this.from(), this.to()).expand(Math.max(this.lineWidth(), arrow));
  }
}

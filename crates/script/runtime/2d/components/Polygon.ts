import {Vector2} from '@revideo/core';
import type {SignalValue, SimpleSignal} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {Curve} from './Curve';
import type {CurveProps} from './Curve';

export interface PolygonProps extends CurveProps {
  sides?: SignalValue<number>;
  radius?: SignalValue<number>;
}

/** A regular polygon stretched over its box, one corner up. */
@nodeName('Polygon')
@nodeKind('layout', {table: 'polygon', inner: 'line'})
export class Polygon extends Curve {
  @initial(6)
  @signal()
  declare public readonly sides: SimpleSignal<number, this>;
  @initial(0)
  @signal()
  declare public readonly radius: SimpleSignal<number, this>;

  public constructor(props: PolygonProps = {}) {
    super(props);
    __kinora.write([this.$$innerId, 'closed', true]);
  }

  /** The corners in the node's own space. */
  public $$vertices(): Vector2[] {
    const sides = Math.max(0, Math.floor(this.sides()));
    const half = this.computedSize().scale(0.5);
    return Array.from({length: sides}, (_, index) =>
      Vector2.fromRadians((index * 2 * Math.PI) / sides).perpendicular.mul(half),
    );
  }

  /** The corners as the stage takes them. */
  public $$encodePoints(): number[] {
    return this.$$vertices().flatMap(({x, y}) => [x, y]);
  }

  protected override $$outlineProperties(): readonly string[] {
    return ['sides', 'radius'];
  }
}

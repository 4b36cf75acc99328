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

  protected override $$outlineProperties(): readonly string[] {
    return ['sides', 'radius'];
  }
}

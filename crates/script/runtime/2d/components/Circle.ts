import type {SignalValue, SimpleSignal} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {flag, value} from '../native/stageProperty';
import {Curve} from './Curve';
import type {CurveProps} from './Curve';

export interface CircleProps extends CurveProps {
  startAngle?: SignalValue<number>;
  endAngle?: SignalValue<number>;
  counterclockwise?: SignalValue<boolean>;
}

/** An ellipse in its box, or an arc or a sector of one. Angles are degrees, clockwise from the right. */
@nodeName('Circle')
@nodeKind('circle', {
  properties: {
    startAngle: value('startAngle'),
    endAngle: value('endAngle'),
    counterclockwise: flag('counterclockwise'),
  },
})
export class Circle extends Curve {
  @initial(0)
  @signal()
  declare public readonly startAngle: SimpleSignal<number, this>;
  @initial(360)
  @signal()
  declare public readonly endAngle: SimpleSignal<number, this>;
  @initial(false)
  @signal()
  declare public readonly counterclockwise: SimpleSignal<boolean, this>;

  public constructor(props: CircleProps = {}) {
    super(props);
  }

  protected override $$outlineProperties(): readonly string[] {
    return ['startAngle', 'endAngle', 'counterclockwise', 'closed'];
  }
}

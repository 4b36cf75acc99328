import type {PossibleSpacing, SignalValue, SimpleSignal, SpacingSignal} from '@revideo/core';
import {compound, initial, signal, wrapper} from '../decorators/signal';
import {nodeName} from '../decorators/nodeName';
import {Spacing} from '@revideo/core';
import {nodeKind} from '../native/nodeKind';
import {flag, spacing, value} from '../native/stageProperty';
import {Curve} from './Curve';
import type {CurveProps} from './Curve';

export interface RectProps extends CurveProps {
  radius?: SignalValue<PossibleSpacing>;
  smoothCorners?: SignalValue<boolean>;
  cornerSharpness?: SignalValue<number>;
}

/** A rectangle, its corners rounded as wanted. */
@nodeName('Rect')
@nodeKind('rect', {
  properties: {
    radius: spacing('radius', false),
    smoothCorners: flag('smoothCorners'),
    cornerSharpness: value('cornerSharpness'),
  },
})
export class Rect extends Curve {
  /** Top left, top right, bottom right, bottom left, under the names top, right, bottom, left. */
  @wrapper(Spacing as any)
  @compound({top: 'radiusTop', right: 'radiusRight', bottom: 'radiusBottom', left: 'radiusLeft'})
  @signal()
  declare public readonly radius: SpacingSignal<this>;
  @initial(false)
  @signal()
  declare public readonly smoothCorners: SimpleSignal<boolean, this>;
  @initial(0.6)
  @signal()
  declare public readonly cornerSharpness: SimpleSignal<number, this>;

  public constructor(props: RectProps = {}) {
    super(props);
  }

  protected override $$outlineProperties(): readonly string[] {
    return ['radius', 'smoothCorners', 'cornerSharpness'];
  }
}

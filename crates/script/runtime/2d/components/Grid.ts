import type {PossibleVector2, SignalValue, SimpleSignal, Vector2Signal} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {vector2Signal} from '../decorators/vector2Signal';
import {nodeKind} from '../native/nodeKind';
import {value, vector} from '../native/stageProperty';
import {Shape} from './Shape';
import type {ShapeProps} from './Shape';

export interface GridProps extends ShapeProps {
  spacing?: SignalValue<PossibleVector2>;
  spacingX?: SignalValue<number>;
  spacingY?: SignalValue<number>;
  start?: SignalValue<number>;
  end?: SignalValue<number>;
}

/** Lines at equal distances, counted from the middle of the box. */
@nodeName('Grid')
@nodeKind('grid', {
  properties: {
    spacing: vector('spacing'),
    start: value('start'),
    end: value('end'),
  },
})
export class Grid extends Shape {
  @initial(80)
  @vector2Signal('spacing')
  declare public readonly spacing: Vector2Signal<this>;
  /** Where each line begins: a fraction of the box. */
  @initial(0)
  @signal()
  declare public readonly start: SimpleSignal<number, this>;
  /** Where each line ends: a fraction of the box. */
  @initial(1)
  @signal()
  declare public readonly end: SimpleSignal<number, this>;

  public constructor(props: GridProps = {}) {
    super(props);
  }
}

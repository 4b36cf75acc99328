import {Vector2, map} from '@revideo/core';
import type {PossibleVector2, SignalValue, SimpleSignal, Vector2Signal} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {vector2Signal} from '../decorators/vector2Signal';
import {nodeKind} from '../native/nodeKind';
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
@nodeKind('layout', {table: 'grid', inner: 'path'})
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

  /** The lines as the stage takes them: moves and lines. */
  public $$encodePath(): number[] {
    const half = this.computedSize().scale(0.5);
    const spacing = this.spacing();
    const steps = half.div(spacing).floored;
    const from = new Vector2(map(-half.x, half.x, this.start()), map(-half.y, half.y, this.start()));
    const to = new Vector2(map(-half.x, half.x, this.end()), map(-half.y, half.y, this.end()));
    const path: number[] = [];
    if (!Number.isFinite(steps.x) || !Number.isFinite(steps.y)) {
      throw new Error(`\`${this.key}\`: \`spacing\` has to be greater than 0, it is ${spacing.toString()}`);
    }
    for (let x = -steps.x; x <= steps.x; x++) {
      path.push(0, x * spacing.x, from.y, 1, x * spacing.x, to.y);
    }
    for (let y = -steps.y; y <= steps.y; y++) {
      path.push(0, from.x, y * spacing.y, 1, to.x, y * spacing.y);
    }
    return path;
  }
}

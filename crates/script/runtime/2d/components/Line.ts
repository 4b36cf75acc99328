import {BBox, Vector2, tween, unwrap} from '@revideo/core';
import type {
  InterpolationFunction,
  PossibleVector2,
  Signal,
  SignalValue,
  SimpleSignal,
  ThreadGenerator,
  TimingFunction,
} from '@revideo/core';
import {matchPoints} from '../curves/matchPoints';
import {nodeName} from '../decorators/nodeName';
import {initial, isMaterialised, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {one, value} from '../native/stageProperty';
import {Curve} from './Curve';
import type {CurveProps} from './Curve';
import {Layout} from './Layout';

/** Points, each of which may be reactive. */
export type LinePoints = SignalValue<PossibleVector2>[] | null;

export interface LineProps extends CurveProps {
  radius?: SignalValue<number>;
  points?: SignalValue<LinePoints>;
}

/** Points joined by straight lines, corners rounded as wanted; without points, the children's positions. */
@nodeName('Line')
@nodeKind('line', {
  properties: {
    radius: value('radius'),
    points: one('points', true, node => node.$$encodePoints()),
  },
})
export class Line extends Curve {
  @initial(0)
  @signal()
  declare public readonly radius: SimpleSignal<number, this>;
  @initial(null)
  @signal()
  declare public readonly points: Signal<LinePoints, LinePoints, this>;

  public constructor(props: LineProps = {}) {
    super(props);
  }

  /** The points, reactive ones computed. */
  public parsedPoints(): Vector2[] {
    const points = this.points();
    if (points === null) {
      return this.$$readChildren()
        .filter(child => !(child instanceof Layout) || child.isLayoutRoot())
        .map(child => child.position());
    }
    return points.map(point => new Vector2(unwrap(point)));
  }

  /** The points as the stage takes them; `null` for the children's positions. */
  public $$encodePoints(): number[] | null {
    const points = this.points();
    if (points === null) return null;
    const numbers: number[] = [];
    for (const point of points) {
      const {x, y} = new Vector2(unwrap(point));
      numbers.push(x, y);
    }
    return numbers;
  }

  protected override $$hasFreeSize(): boolean {
    return false;
  }

  protected override $$outlineProperties(): readonly string[] {
    return ['points', 'radius', 'closed'];
  }

  public override computedSize(): Vector2 {
    // Children's positions are no layout properties: they are followed through their signals.
    const followsChildren = !isMaterialised(this, 'points') || this.points() === null;
    if (!followsChildren) return super.computedSize();
    const points = this.parsedPoints();
    return points.length === 0 ? new Vector2(0, 0) : BBox.fromPoints(...points).size;
  }

  protected override getCacheBBox(): BBox {
    const points = this.parsedPoints();
    const box = points.length === 0 ? new BBox() : BBox.fromPoints(...points);
    const arrow = this.startArrow() || this.endArrow() ? this.arrowSize() : 0;
    return box.expand(Math.max(this.lineWidth() * 5, arrow));
  }

  /** Points blend one by one; the shorter list gets points between its own first. */
  protected *tweenPoints(
    value: SignalValue<LinePoints>,
    time: number,
    timing: TimingFunction,
    _blend: InterpolationFunction<LinePoints>,
  ): ThreadGenerator {
    const target = unwrap(value);
    const to = target === null ? [] : target.map(point => new Vector2(unwrap(point)));
    const [start, end] = matchPoints(this.parsedPoints(), to, this.closed());
    yield* tween(time, progress => {
      const now = timing(progress);
      this.points(start.map((point, index) => Vector2.lerp(point, end[index], now)));
    });
    this.points(value);
  }
}

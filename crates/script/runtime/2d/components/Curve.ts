import {Vector2, clamp} from '@revideo/core';
import type {SignalValue, SimpleSignal} from '@revideo/core';
import type {CurvePoint} from '../curves/curvePoint';
import {nodeName} from '../decorators/nodeName';
import {initial, isMaterialised, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {flag, value} from '../native/stageProperty';
import {Shape} from './Shape';
import type {ShapeProps} from './Shape';

export interface CurveProps extends ShapeProps {
  closed?: SignalValue<boolean>;
  start?: SignalValue<number>;
  startOffset?: SignalValue<number>;
  startArrow?: SignalValue<boolean>;
  end?: SignalValue<number>;
  endOffset?: SignalValue<number>;
  endArrow?: SignalValue<boolean>;
  arrowSize?: SignalValue<number>;
}

/** A shape whose outline can be drawn in part and can end in arrows. */
@nodeName('Curve')
@nodeKind('rect', {
  properties: {
    closed: flag('closed'),
    start: value('start'),
    end: value('end'),
    startOffset: value('startOffset'),
    endOffset: value('endOffset'),
    startArrow: flag('startArrow'),
    endArrow: flag('endArrow'),
    arrowSize: value('arrowSize'),
  },
})
export abstract class Curve extends Shape {
  @initial(false)
  @signal()
  declare public readonly closed: SimpleSignal<boolean, this>;
  /** Fraction of the outline's length. */
  @initial(0)
  @signal()
  declare public readonly start: SimpleSignal<number, this>;
  /** Pixels. */
  @initial(0)
  @signal()
  declare public readonly startOffset: SimpleSignal<number, this>;
  @initial(false)
  @signal()
  declare public readonly startArrow: SimpleSignal<boolean, this>;
  /** Fraction of the outline's length. */
  @initial(1)
  @signal()
  declare public readonly end: SimpleSignal<number, this>;
  /** Pixels. */
  @initial(0)
  @signal()
  declare public readonly endOffset: SimpleSignal<number, this>;
  @initial(false)
  @signal()
  declare public readonly endArrow: SimpleSignal<boolean, this>;
  @initial(24)
  @signal()
  declare public readonly arrowSize: SimpleSignal<number, this>;

  public constructor(props: CurveProps = {}) {
    super(props);
  }

  /** Length of the whole outline in pixels. */
  public baseArcLength(): number {
    this.$$measureOutline();
    return __kinora.arcLength(this.$$nativeId);
  }

  /** Length of the outline between the offsets. */
  public offsetArcLength(): number {
    const length = this.baseArcLength();
    return Math.max(0, length - this.startOffset() - this.endOffset());
  }

  /** Length of the visible part of the outline. */
  public arcLength(): number {
    return this.offsetArcLength() * Math.abs(this.start() - this.end());
  }

  /** Which part of the outline is visible, 0 to 1. */
  public completion(): number {
    return Math.abs(this.start() - this.end());
  }

  /** Pixels along the outline at a fraction of it. */
  public percentageToDistance(value: number): number {
    return clamp(0, this.baseArcLength(), this.startOffset() + this.offsetArcLength() * value);
  }

  /** The fraction of the outline at pixels along it. */
  public distanceToPercentage(value: number): number {
    return (value - this.startOffset()) / this.offsetArcLength();
  }

  /** The point at a fraction of the outline, in the node's own space. */
  public getPointAtPercentage(value: number): CurvePoint {
    const distance = this.percentageToDistance(value);
    const [x, y, tangentX, tangentY] = __kinora.pointAt(this.$$nativeId, distance);
    const tangent = new Vector2(tangentX, tangentY);
    return {position: new Vector2(x, y), tangent, normal: tangent.perpendicular};
  }

  /** Tells the stage what the outline depends on. */
  protected $$measureOutline(): void {
    for (const key of this.$$outlineProperties()) {
      if (isMaterialised(this, key)) (this as any)[key]();
    }
    this.$$measure();
    this.$$stageLink.flushNodes(new Set<unknown>([this, ...this.$$readChildren()]));
  }

  /** The properties that give the outline its form. */
  protected $$outlineProperties(): readonly string[] {
    return ['closed'];
  }
}

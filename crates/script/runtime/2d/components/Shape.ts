import {BBox, linear, threadable} from '@revideo/core';
import type {SignalValue, SimpleSignal, ThreadGenerator} from '@revideo/core';
import {canvasStyleSignal} from '../decorators/canvasStyleSignal';
import type {CanvasStyleSignal} from '../decorators/canvasStyleSignal';
import {nodeName} from '../decorators/nodeName';
import {cloneable, initial, signal} from '../decorators/signal';
import {canvas} from '../../globals/canvas';
import {after, Part} from '../native/drawing';
import type {Drawn, DrawingContext} from '../partials/drawingContext';
import {isOverridden, nodeKind} from '../native/nodeKind';
import {flag, one, style, value} from '../native/stageProperty';
import type {PossibleCanvasStyle} from '../partials/canvasStyle';
import {resolveCanvasStyle} from '../utils/canvas';
import {Layout} from './Layout';
import type {LayoutProps} from './Layout';

export interface ShapeProps extends LayoutProps {
  fill?: SignalValue<PossibleCanvasStyle>;
  stroke?: SignalValue<PossibleCanvasStyle>;
  strokeFirst?: SignalValue<boolean>;
  lineWidth?: SignalValue<number>;
  lineJoin?: SignalValue<string>;
  lineCap?: SignalValue<string>;
  lineDash?: SignalValue<number[]>;
  lineDashOffset?: SignalValue<number>;
  antialiased?: SignalValue<boolean>;
}

/** A box with a fill and a stroke. */
@nodeName('Shape')
@nodeKind('rect', {
  properties: {
    fill: style('fill'),
    stroke: style('stroke'),
    strokeFirst: flag('strokeFirst'),
    lineWidth: value('lineWidth'),
    lineJoin: value('lineJoin'),
    lineCap: value('lineCap'),
    lineDash: one('lineDash', false, node => node.lineDash().map(Number)),
    lineDashOffset: value('lineDashOffset'),
    antialiased: flag('antialiased'),
    rippleStrength: value('ripple', false, 'rippleStrength'),
  },
})
export abstract class Shape extends Layout {
  @canvasStyleSignal()
  declare public readonly fill: CanvasStyleSignal<this>;
  @canvasStyleSignal()
  declare public readonly stroke: CanvasStyleSignal<this>;
  @initial(false)
  @signal()
  declare public readonly strokeFirst: SimpleSignal<boolean, this>;
  @initial(0)
  @signal()
  declare public readonly lineWidth: SimpleSignal<number, this>;
  @initial('miter')
  @signal()
  declare public readonly lineJoin: SimpleSignal<string, this>;
  @initial('butt')
  @signal()
  declare public readonly lineCap: SimpleSignal<string, this>;
  @initial([])
  @signal()
  declare public readonly lineDash: SimpleSignal<number[], this>;
  @initial(0)
  @signal()
  declare public readonly lineDashOffset: SimpleSignal<number, this>;
  @initial(true)
  @signal()
  declare public readonly antialiased: SimpleSignal<boolean, this>;

  /** How far a ripple has spread: 0 not at all, 1 and gone. */
  @cloneable(false)
  @initial(0)
  @signal()
  declare public readonly rippleStrength: SimpleSignal<number, this>;

  public constructor(props: ShapeProps = {}) {
    super(props);
  }

  /** Lets an outline of the shape spread and fade. */
  @threadable()
  public *ripple(duration = 1): ThreadGenerator {
    this.rippleStrength(0);
    yield* this.rippleStrength(1, duration, linear);
    this.rippleStrength(0);
  }

  // -- drawing -------------------------------------------------------------------------------

  protected override draw(context: DrawingContext): Drawn {
    let drawn: Drawn = undefined;
    if (isOverridden(this, 'drawShape') || isOverridden(this, 'getPath')) {
      drawn = after(this.drawShape(context), () => context.$$hole(Part.Rest, this));
    } else {
      context.$$hole(Part.Own, this);
    }
    return after(drawn, () => {
      if (this.clip()) context.clip(this.getPath());
      return this.drawChildren(context);
    });
  }

  /** Draws the outline, filled and stroked. */
  protected drawShape(context: DrawingContext): Drawn {
    if (!isOverridden(this, 'getPath') && !isOverridden(this, 'applyStyle')) {
      context.$$hole(Part.Shape, this);
      return;
    }
    const path = this.getPath();
    const fills = this.fill() !== null;
    const strokes = this.stroke() !== null && this.lineWidth() > 0;
    context.save();
    this.applyStyle(context);
    if (strokes && this.strokeFirst()) context.stroke(path);
    if (fills) context.fill(path);
    if (strokes && !this.strokeFirst()) context.stroke(path);
    context.restore();
  }

  /** Gives a context the shape's fill, stroke and lines. */
  protected applyStyle(context: DrawingContext): void {
    context.fillStyle = resolveCanvasStyle(this.fill(), context);
    context.strokeStyle = resolveCanvasStyle(this.stroke(), context);
    context.lineWidth = this.lineWidth();
    context.lineJoin = this.lineJoin();
    context.lineCap = this.lineCap();
    context.setLineDash(this.lineDash());
    context.lineDashOffset = this.lineDashOffset();
    if (!this.antialiased()) context.$$antialias(false);
  }

  /** The outline as far as it is drawn, in the node's own space. */
  protected getPath(): any {
    const path = new (canvas().Path2D)();
    this.$$stageLink.flushNodes(new Set<unknown>([this]));
    path.$$commands(__kinora.outline(this.$$nativeId));
    return path;
  }

  protected override getCacheBBox(): BBox {
    return super.getCacheBBox().expand(this.lineWidth() / 2);
  }
}

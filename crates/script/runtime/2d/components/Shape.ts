import {BBox, linear, threadable} from '@revideo/core';
import type {SignalValue, SimpleSignal, ThreadGenerator} from '@revideo/core';
import {canvasStyleSignal} from '../decorators/canvasStyleSignal';
import type {CanvasStyleSignal} from '../decorators/canvasStyleSignal';
import {nodeName} from '../decorators/nodeName';
import {cloneable, initial, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {flag, one, style, value} from '../native/stageProperty';
import type {PossibleCanvasStyle} from '../partials/canvasStyle';
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

  protected override getCacheBBox(): BBox {
    return super.getCacheBBox().expand(this.lineWidth() / 2);
  }
}

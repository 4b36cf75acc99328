import {Color, unwrap} from '@revideo/core';
import type {PossibleColor, PossibleVector2, Signal, SignalValue, SimpleSignal, Vector2Signal} from '@revideo/core';
import {initial, parser, signal} from '../decorators/signal';
import {initializeSignals} from '../decorators/initializeSignals';
import type {DrawingContext} from './drawingContext';
import {vector2Signal} from '../decorators/vector2Signal';

/** How a gradient's colours run. */
export type GradientType = 'linear' | 'conic' | 'radial';

/** A colour at a place between 0 and 1; both may be reactive. */
export interface GradientStop {
  offset: SignalValue<number>;
  color: SignalValue<PossibleColor>;
}

export interface GradientProps {
  type?: SignalValue<GradientType>;
  fromX?: SignalValue<number>;
  fromY?: SignalValue<number>;
  from?: SignalValue<PossibleVector2>;
  toX?: SignalValue<number>;
  toY?: SignalValue<number>;
  to?: SignalValue<PossibleVector2>;
  /** Radians; for conic gradients. */
  angle?: SignalValue<number>;
  fromRadius?: SignalValue<number>;
  toRadius?: SignalValue<number>;
  stops?: SignalValue<GradientStop[]>;
}

/** A colour ramp in the shape's own space, blended in sRGB. */
export class Gradient {
  @initial('linear')
  @signal()
  declare public readonly type: SimpleSignal<GradientType, this>;

  @vector2Signal('from')
  declare public readonly from: Vector2Signal<this>;

  @vector2Signal('to')
  declare public readonly to: Vector2Signal<this>;

  /** Radians. */
  @initial(0)
  @signal()
  declare public readonly angle: SimpleSignal<number, this>;

  @initial(0)
  @signal()
  declare public readonly fromRadius: SimpleSignal<number, this>;

  @initial(0)
  @signal()
  declare public readonly toRadius: SimpleSignal<number, this>;

  @initial([])
  @parser((stops: GradientStop[]) => stops ?? [])
  @signal()
  declare public readonly stops: Signal<GradientStop[], GradientStop[], this>;

  public constructor(props: GradientProps = {}) {
    initializeSignals(this, props);
  }

  /** The gradient as a canvas context takes it. */
  public canvasGradient(context: DrawingContext): any {
    const from = this.from();
    const to = this.to();
    let gradient;
    switch (this.type()) {
      case 'conic':
        gradient = context.createConicGradient(this.angle(), from.x, from.y);
        break;
      case 'radial':
        gradient = context.createRadialGradient(from.x, from.y, this.fromRadius(), to.x, to.y, this.toRadius());
        break;
      default:
        gradient = context.createLinearGradient(from.x, from.y, to.x, to.y);
    }
    for (const stop of this.stops()) {
      gradient.addColorStop(unwrap(stop.offset), new Color(unwrap(stop.color)).serialize());
    }
    return gradient;
  }

  /** The gradient as the stage takes it; reads every signal it depends on. */
  public $$encode(): unknown {
    const from = this.from();
    const to = this.to();
    const stops: number[] = [];
    for (const stop of this.stops()) {
      const color = new Color(unwrap(stop.color));
      stops.push(unwrap(stop.offset), color.r, color.g, color.b, color.a);
    }
    return {
      type: this.type(),
      from: [from.x, from.y],
      to: [to.x, to.y],
      angle: this.angle(),
      fromRadius: this.fromRadius(),
      toRadius: this.toRadius(),
      stops,
    };
  }
}


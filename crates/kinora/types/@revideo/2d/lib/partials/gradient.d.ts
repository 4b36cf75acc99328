import type { PossibleColor, PossibleVector2, Signal, SignalValue, SimpleSignal, Vector2Signal } from '@revideo/core';
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
export declare class Gradient {
    readonly type: SimpleSignal<GradientType, this>;
    readonly from: Vector2Signal<this>;
    readonly to: Vector2Signal<this>;
    /** Radians. */
    readonly angle: SimpleSignal<number, this>;
    readonly fromRadius: SimpleSignal<number, this>;
    readonly toRadius: SimpleSignal<number, this>;
    readonly stops: Signal<GradientStop[], GradientStop[], this>;
    constructor(props?: GradientProps);
    /** The gradient as the stage takes it; reads every signal it depends on. */
    $$encode(): unknown;
}

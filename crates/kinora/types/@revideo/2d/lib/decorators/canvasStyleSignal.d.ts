import type { Signal } from '@revideo/core';
import type { CanvasStyle, PossibleCanvasStyle } from '../partials/canvasStyle';
/** A fill or stroke property of a node. */
export type CanvasStyleSignal<TOwner = void> = Signal<PossibleCanvasStyle, CanvasStyle, TOwner>;
/** A fill or stroke: nothing, a colour, a gradient or a pattern. */
export declare function canvasStyleSignal(): PropertyDecorator;

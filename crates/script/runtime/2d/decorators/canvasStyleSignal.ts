import {Color} from '@revideo/core';
import type {InterpolationFunction, Signal} from '@revideo/core';
import {parseCanvasStyle} from '../partials/canvasStyle';
import type {CanvasStyle, PossibleCanvasStyle} from '../partials/canvasStyle';
import {initial, interpolation, parser, signal} from './signal';

/** A fill or stroke property of a node. */
export type CanvasStyleSignal<TOwner = void> = Signal<PossibleCanvasStyle, CanvasStyle, TOwner>;

/** A fill or stroke: nothing, a colour, a gradient or a pattern. */
export function canvasStyleSignal(): PropertyDecorator {
  return (target, key) => {
    signal()(target, key);
    parser(parseCanvasStyle)(target, key);
    interpolation(Color.lerp as unknown as InterpolationFunction<CanvasStyle>)(target, key);
    initial(null)(target, key);
  };
}

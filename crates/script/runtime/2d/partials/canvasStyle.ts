import {Color} from '@revideo/core';
import type {PossibleColor} from '@revideo/core';
import {declareKeeper} from '../../core/signals/parsers';
import {Gradient} from './gradient';
import {Pattern} from './pattern';

/** What a shape can be filled or stroked with. */
export type CanvasStyle = null | Color | Gradient | Pattern;
/** What is accepted as such. */
export type PossibleCanvasStyle = null | PossibleColor | Gradient | Pattern;

/** A fill or stroke from what a user gave; throws on an invalid colour. */
export function parseCanvasStyle(style: PossibleCanvasStyle): CanvasStyle {
  if (style === null || style === undefined) return null;
  if (style instanceof Gradient || style instanceof Pattern) return style;
  return new Color(style);
}

declareKeeper(parseCanvasStyle);

export {parseCanvasStyle as canvasStyleParser};

import { Color } from '@revideo/core';
import type { PossibleColor } from '@revideo/core';
import { Gradient } from './gradient';
import { Pattern } from './pattern';
/** What a shape can be filled or stroked with. */
export type CanvasStyle = null | Color | Gradient | Pattern;
/** What is accepted as such. */
export type PossibleCanvasStyle = null | PossibleColor | Gradient | Pattern;
/** A fill or stroke from what a user gave; throws on an invalid colour. */
export declare function parseCanvasStyle(style: PossibleCanvasStyle): CanvasStyle;

import type {CanvasColor} from './colors';
import {DEFAULT_FONT} from './font';
import type {CanvasFont} from './font';
import type {CanvasGradient, CanvasPattern} from './inks';

export type CanvasStyle = CanvasColor | CanvasGradient | CanvasPattern;

export const BLACK: CanvasColor = {r: 0, g: 0, b: 0, a: 1, text: '#000000'};
const NONE: CanvasColor = {r: 0, g: 0, b: 0, a: 0, text: 'rgba(0, 0, 0, 0)'};

/** What of a context's state can be read back, beside the transform. */
export class CanvasState {
  public fill: CanvasStyle = BLACK;
  public stroke: CanvasStyle = BLACK;
  public lineWidth = 1;
  public lineCap = 'butt';
  public lineJoin = 'miter';
  public miterLimit = 10;
  public lineDash: number[] = [];
  public lineDashOffset = 0;
  public globalAlpha = 1;
  public globalCompositeOperation = 'source-over';
  public shadowColor: CanvasColor = NONE;
  public shadowBlur = 0;
  public shadowOffsetX = 0;
  public shadowOffsetY = 0;
  public filter = 'none';
  public filters: number[] = [];
  public imageSmoothingEnabled = true;
  public imageSmoothingQuality = 'low';
  public font: CanvasFont = DEFAULT_FONT;
  public textAlign = 'start';
  public textBaseline = 'alphabetic';
  public direction = 'inherit';
  public letterSpacing = '0px';
  public wordSpacing = '0px';
  public fontKerning = 'auto';
  public fontStretch = 'normal';
  public fontVariantCaps = 'normal';
  public textRendering = 'auto';
  /** Whether anything has been clipped. */
  public clips = false;

  public clone(): CanvasState {
    return Object.assign(new CanvasState(), this);
  }
}

import type {CanvasColorSpace} from '../types/Canvas';
import type {Color} from '../types/Color';
import type {Vector2} from '../types/Vector';
import {unavailable} from '../utils/unavailable';

/** How the canvas is set up in the reference. */
export interface StageSettings {
  size: Vector2;
  resolutionScale: number;
  colorSpace: CanvasColorSpace;
  background: Color | string | null;
}

/** The browser's canvas that scenes are drawn on. */
export class Stage {
  public constructor(..._args: unknown[]) {
    unavailable('Stage', 'render the film with `renderVideo` of `@revideo/renderer` or the command line');
  }
}

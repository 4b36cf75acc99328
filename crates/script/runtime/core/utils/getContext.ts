import {canvas} from '../../globals/canvas';

/** A canvas, or whatever else gives contexts. */
export interface ContextSource {
  getContext(kind: string, options?: unknown): any;
}

/** The context of a canvas, or of one of its own. */
export function getContext(options?: unknown, on: ContextSource = new (canvas().HTMLCanvasElement)()): any {
  return on.getContext('2d', options);
}

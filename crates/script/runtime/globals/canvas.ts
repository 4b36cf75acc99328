import type {CANVAS} from '../canvas/index';
import {define, native} from './native';

type Canvas = typeof CANVAS;

let loaded: Canvas | null = null;

/** What draws on canvases; loaded when it is first needed. */
export function canvas(): Canvas {
  if (loaded === null) native.module('kinora:canvas/index');
  return loaded!;
}

/** Takes what has been loaded. */
export function offerCanvas(all: Canvas): void {
  loaded = all;
}

/** Globals that stand for something of the canvas; each is there from its first use on. */
const NAMES = [
  'CanvasRenderingContext2D',
  'OffscreenCanvasRenderingContext2D',
  'CanvasGradient',
  'CanvasPattern',
  'Path2D',
  'DOMMatrix',
  'DOMMatrixReadOnly',
  'DOMPoint',
  'ImageData',
  'ImageBitmap',
  'OffscreenCanvas',
  'HTMLCanvasElement',
  'HTMLImageElement',
  'Image',
  'createImageBitmap',
  'document',
] as const;

for (const name of NAMES) {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get() {
      const value = canvas()[name];
      define(name, value);
      return value;
    },
    set(value: unknown) {
      define(name, value);
    },
  });
}

define('window', globalThis);
define('devicePixelRatio', 1);

interface FrameCall {
  id: number;
  callback: (time: number) => void;
}

let waiting: FrameCall[] = [];
let lastCall = 0;

define('requestAnimationFrame', (callback: (time: number) => void) => {
  if (typeof callback !== 'function') throw new TypeError('`requestAnimationFrame` needs a function to call');
  waiting.push({id: ++lastCall, callback});
  return lastCall;
});
define('cancelAnimationFrame', (id: number) => {
  waiting = waiting.filter(call => call.id !== id);
});

/** Calls what waits for the next frame, with its time in milliseconds. */
export function callFrame(time: number): void {
  if (waiting.length === 0) return;
  const calls = waiting;
  waiting = [];
  for (const {callback} of calls) callback(time);
}

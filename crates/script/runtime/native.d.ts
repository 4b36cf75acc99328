/** What the host gives the runtime: one global object, all calls synchronous. */
interface Native {
  /** Creates a node of `kind` in `view` (0 for a view itself) and returns its id. */
  create(kind: string, view: number, key: string): number;
  /** Forgets a node. */
  dispose(id: number): void;
  /** Replaces the children of a node, in drawing order. */
  children(id: number, ids: number[]): void;
  /** Sets properties: `id, name, value, id, name, value, …`; throws naming node key and property on bad values. */
  write(batch: unknown[]): void;
  /** Has a property of a node taken from `count` slots in a row from `first` on. */
  slot(first: number, id: number, name: string, count: number): void;
  /**
   * Has a colour of a node blended from nine slots in a row from `first` on: progress, then lightness,
   * chroma, hue in degrees and alpha at the beginning, then what is added to them until the end.
   */
  blendSlot(first: number, id: number, name: string): void;
  /** Forgets what is taken from the slots from `first` on. */
  unslot(first: number): void;
  /** Whether shaders are passed over with a warning instead of being an error. */
  ignoreShaders: boolean;
  /** What becomes of a video or sound that cannot be had. */
  onMissing: 'error' | 'hold' | 'black';
  /** How much the stage holds for scripts. */
  held(): {nodes: number; slots: number};
  /** Sets the properties whose slots have changed: how many, and the first slot of each. */
  writeSlots(values: Float64Array, changed: Uint32Array): void;
  /** Layout box: centre relative to the centre of the parent's box, and size, in pixels. */
  box(id: number): [x: number, y: number, width: number, height: number];
  /** Visual lines of a text node, relative to the centre of its box. */
  lines(id: number): NativeTextLine[];
  /**
   * Ascent, descent, ascent of the em box and line height of a text style (`name, value, …`), then how far each
   * of the texts advances, of which there is one a line.
   */
  measureTexts(style: unknown[], texts: string): number[];
  /** Length of a curve's outline in pixels. */
  arcLength(id: number): number;
  /** Point and unit tangent at a distance along a curve's outline. */
  pointAt(id: number, distance: number): [x: number, y: number, tangentX: number, tangentY: number];
  /** Runs a module of the runtime that nothing imports. */
  module(name: string): void;
  /** Has the script draw a node's content, or all of it in its parent's space, or the stage again. */
  record(id: number, isWhole: boolean, recording: NativeRecording | null): void;
  /**
   * Measures a text on a canvas. `font`: size, weight, whether italic, letter and word spacing, whether right to
   * left, then how much of the width lies left of where the text is put and the number of the line that lies there.
   */
  measureText(text: string, family: string, font: Float64Array): number[];
  /** Whether a point lies in the current path: non-zero (0), even-odd (1), or in its line (2). */
  isInside(calls: NativeRecording, x: number, y: number, what: number): boolean;
  /**
   * Pixels of what was drawn on a canvas, four bytes each, not premultiplied: those of `part` (left, top, width,
   * height). `by` is the node that is being drawn (0 for none), `size` the canvas's (null for one without bounds),
   * `place` the transform from the space in which the drawing begins to the pixels.
   */
  pixels(
    calls: NativeRecording,
    by: number,
    size: [width: number, height: number] | null,
    place: Float64Array,
    part: [x: number, y: number, width: number, height: number],
  ): ArrayBuffer;
  /** Makes a picture of pixels that films can show. */
  keepPixels(rgba: Uint8Array, width: number, height: number): NativeAsset;
  /** A picture file of pixels; a `quality` outside of 0 to 1 is the usual one. */
  encodePixels(rgba: Uint8Array, width: number, height: number, kind: string, quality: number): ArrayBuffer;
  /** A node's outline as far as it is drawn, as path commands. */
  outline(id: number): number[];
  /**
   * Fetches and probes a media file; throws with the URL and the cause. As `pixels`, a vector picture
   * becomes a file of pixels in its own size.
   */
  asset(src: string, kind: 'image' | 'pixels' | 'video' | 'audio'): NativeAsset;
  /** The text of a file; throws the cause if it cannot be had. */
  text(src: string): string;
  /** The elements of the first `svg` in a text; throws what is wrong with it, and where. */
  svg(text: string): NativeSvg;
  /** Colour of one pixel of a picture, each channel 0–255. */
  pixel(asset: string, x: number, y: number): [r: number, g: number, b: number, a: number];
  /** A part of the runtime that is loaded when it is first asked for. */
  library(module: string): unknown;
  /** Reports a message to the user. */
  log(level: NativeLogLevel, message: string, details?: string): void;
  /** A frozen clock in milliseconds: the same value for the whole run. */
  now(): number;
  /** Renders a project; options and result are JSON. Present only where scripts are run directly. */
  render?(options: string): string;
  /** Renders one worker's share of a project; options and result are JSON. */
  renderPartial?(options: string): string;
}

/** What was drawn on a canvas: codes and arguments, how many of these count, texts, nodes, canvases. */
type NativeRecording = [
  numbers: Float64Array,
  length: number,
  texts: string[],
  nodes: number[],
  surfaces: NativeRecording[],
];

interface NativeTextLine {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
  baseline: number;
}

interface NativeAsset {
  /** Content hash, 64 hex digits. */
  id: string;
  /** Pixels; 0 for sound. */
  width: number;
  height: number;
  /** Seconds; 0 for a still. */
  duration: number;
  /** Whether the file has sound. */
  audio: boolean;
  /** Why there is no such file, if there is none and the film goes on without it. */
  missing?: string;
}

interface NativeSvg {
  root: NativeElement;
  /** Left, top, width and height of what is drawn, where the file does not say how large it is. */
  bounds?: [x: number, y: number, width: number, height: number];
}

interface NativeElement {
  name: string;
  attributes: Record<string, string | undefined>;
  children: NativeElement[];
}

type NativeLogLevel = 'error' | 'warn' | 'info' | 'http' | 'verbose' | 'debug' | 'silly';

/** The host's interface. */
declare var __kinora: Native;

/** The parts of the console that the host offers. */
declare var console: {
  log(...args: unknown[]): void;
  info(...args: unknown[]): void;
  warn(...args: unknown[]): void;
  error(...args: unknown[]): void;
  debug(...args: unknown[]): void;
};

/** Bytes with a kind. */
declare class Blob {
  public readonly type: string;
  public constructor(parts: Uint8Array[], options?: {type?: string});
  public arrayBuffer(): Promise<ArrayBuffer>;
}

declare function btoa(text: string): string;
declare function setTimeout(callback: () => void, milliseconds?: number): number;
declare function clearTimeout(id: number): void;
declare function queueMicrotask(callback: () => void): void;

/** The codes of calls: those of the stage's `canvas/code.rs`, with the same numbers of arguments. */
export const SAVE = 0;
export const RESTORE = 1;
export const TRANSFORM = 2;
export const SET_TRANSFORM = 3;
export const BEGIN_PATH = 4;
export const MOVE_TO = 5;
export const LINE_TO = 6;
export const QUAD_TO = 7;
export const CUBIC_TO = 8;
export const ELLIPSE = 9;
export const ARC_TO = 10;
export const RECT = 11;
export const ROUND_RECT = 12;
export const CLOSE_PATH = 13;
export const FILL = 14;
export const STROKE = 15;
export const CLIP = 16;
export const PATH = 17;
export const FILL_RECT = 18;
export const STROKE_RECT = 19;
export const CLEAR_RECT = 20;
export const FILL_COLOR = 21;
export const STROKE_COLOR = 22;
export const FILL_INK = 23;
export const STROKE_INK = 24;
export const LINE_WIDTH = 25;
export const LINE_CAP = 26;
export const LINE_JOIN = 27;
export const MITER_LIMIT = 28;
export const LINE_DASH = 29;
export const DASH_OFFSET = 30;
export const ALPHA = 31;
export const COMPOSITE = 32;
export const SHADOW_COLOR = 33;
export const SHADOW_BLUR = 34;
export const SHADOW_OFFSET = 35;
export const FILTER = 36;
export const SMOOTHING = 37;
export const FONT = 38;
export const TEXT_ALIGN = 39;
export const TEXT_BASELINE = 40;
export const FILL_TEXT = 41;
export const STROKE_TEXT = 42;
export const PICTURE = 43;
export const SURFACE = 44;
export const HOLE = 45;
export const ANTIALIAS = 46;
export const ADD_PATH = 47;
export const PIXELS = 48;

/** Numbers that one canvas holds at most. */
const MOST_NUMBERS = 1 << 22;

/** Calls as the stage takes them: numbers and how many, texts, nodes, canvases. */
export type Snapshot = NativeRecording;

/** What a context writes its calls down on. */
export class Tape {
  public numbers = new Float64Array(64);
  public length = 0;
  /** How many numbers there is room for. */
  public capacity = 64;
  public texts: string[] = [];
  public nodes: number[] = [];
  public surfaces: Snapshot[] = [];
  private readonly textPlaces = new Map<string, number>();
  private taken: Snapshot | null = null;

  /** Makes room for numbers; the place of the first. */
  public room(count: number): number {
    const start = this.length;
    this.length = start + count;
    if (this.length > this.capacity) this.grow(this.length);
    return start;
  }

  /** The place of a text in the table. */
  public text(text: string): number {
    let place = this.textPlaces.get(text);
    if (place === undefined) {
      place = this.texts.push(text) - 1;
      this.textPlaces.set(text, place);
    }
    return place;
  }

  /** The place of a node in the table. */
  public node(node: number): number {
    const place = this.nodes.indexOf(node);
    return place < 0 ? this.nodes.push(node) - 1 : place;
  }

  /** The place of a canvas in the table. */
  public surface(surface: Snapshot): number {
    const place = this.surfaces.lastIndexOf(surface);
    return place < 0 ? this.surfaces.push(surface) - 1 : place;
  }

  /** Writes a call with few numbers. */
  public call(code: number, ...numbers: number[]): void {
    const start = this.room(numbers.length + 1);
    this.numbers[start] = code;
    for (let index = 0; index < numbers.length; index++) this.numbers[start + 1 + index] = numbers[index];
  }

  /** Writes a call whose first number says how many follow. */
  public list(code: number, numbers: ArrayLike<number>, count = numbers.length): void {
    const start = this.room(count + 2);
    this.numbers[start] = code;
    this.numbers[start + 1] = count;
    for (let index = 0; index < count; index++) this.numbers[start + 2 + index] = numbers[index];
  }

  /** What has been written so far; what is written afterwards is not in it. */
  public snapshot(): Snapshot {
    if (this.taken === null || this.taken[1] !== this.length) {
      // A canvas that is drawn into itself is not in what it was before.
      this.taken = [this.numbers, this.length, this.texts, this.nodes, this.surfaces.slice()];
    }
    return this.taken;
  }

  /** Makes room up to the number before `end`. */
  public grow(end: number): void {
    if (end > MOST_NUMBERS) {
      // What has just been begun is not on it.
      this.length = 0;
      throw new RangeError(
        'too much is drawn on a canvas that is never cleared; clear all of it with `clearRect`, or set its size again',
      );
    }
    while (this.capacity < end) this.capacity *= 2;
    const numbers = new Float64Array(this.capacity);
    numbers.set(this.numbers);
    this.numbers = numbers;
  }
}

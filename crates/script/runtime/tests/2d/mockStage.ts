/** A stand-in for the host, used where scripts run without one: it records and lays out next to nothing. */
export class MockStage {
  public ignoreShaders = false;
  public onMissing = 'error';
  public nextId = 0;
  public readonly kinds = new Map<number, string>();
  public readonly keys = new Map<number, string>();
  public readonly childLists = new Map<number, number[]>();
  public readonly values = new Map<number, Record<string, unknown>>();
  /** Every value written, in order. */
  public writes: {id: number; name: string; value: unknown}[] = [];
  public boxes = 0;
  public logged: {level: string; message: string}[] = [];
  /** Milliseconds. */
  public clock = 0;

  public create(kind: string, _view: number, key: string): number {
    const id = ++this.nextId;
    this.kinds.set(id, kind);
    this.keys.set(id, key);
    this.values.set(id, {});
    return id;
  }

  public dispose(id: number): void {
    this.values.delete(id);
  }

  public children(id: number, ids: number[]): void {
    this.childLists.set(id, ids);
  }

  public write(batch: unknown[]): void {
    for (let index = 0; index < batch.length; index += 3) {
      const [id, name, value] = batch.slice(index, index + 3) as [number, string, unknown];
      if (typeof value === 'number' && !Number.isFinite(value)) {
        throw new Error(`\`${this.keys.get(id)}\`: \`${name}\` is not finite`);
      }
      this.writes.push({id, name, value});
      this.values.get(id)![name] = value;
    }
  }

  private readonly slots = new Map<number, {id: number; name: string; count: number}>();

  public slot(first: number, id: number, name: string, count: number): void {
    this.slots.set(first, {id, name, count});
  }

  public unslot(first: number): void {
    this.slots.delete(first);
  }

  public held(): {nodes: number; slots: number} {
    return {nodes: this.values.size, slots: this.slots.size};
  }

  public blendSlot(first: number, id: number, name: string): void {
    this.slots.set(first, {id, name, count: 10});
  }

  public writeSlots(values: Float64Array, changed: Uint32Array): void {
    for (const first of changed.subarray(1, changed[0] + 1)) {
      const {id, name, count} = this.slots.get(first)!;
      this.write([id, name, count === 1 ? values[first] : [...values.subarray(first, first + count)]]);
    }
  }

  /** Sizes in pixels as they are, percentages of 1920×1080, 10×20 for each character of text. */
  public box(id: number): [number, number, number, number] {
    this.boxes++;
    const {width, height, points} = this.values.get(id)!;
    if (Array.isArray(points)) {
      const extent = (axis: number) => {
        const along = points.filter((_, index) => index % 2 === axis);
        return Math.max(...along) - Math.min(...along);
      };
      return [0, 0, extent(0), extent(1)];
    }
    const [textWidth, textHeight] = this.textSize(id);
    return [0, 0, this.length(width, 1920) ?? textWidth, this.length(height, 1080) ?? textHeight];
  }

  public lines(): NativeTextLine[] {
    return [];
  }

  /** Texts of 10 pixels a character, in a font of 16 + 4. */
  public measureTexts(_style: unknown[], texts: string): number[] {
    return [16, 4, 15, 20, ...texts.split('\n').map(text => text.length * 10)];
  }

  public arcLength(): number {
    return 100;
  }

  public pointAt(_id: number, distance: number): [number, number, number, number] {
    return [distance, 0, 1, 0];
  }

  public asset(src: string, kind: string): NativeAsset {
    if (src.includes('missing')) throw new Error(`cannot load \`${src}\`: no such file`);
    return {id: `${kind}:${src}`, width: 640, height: 360, duration: 10, audio: !src.includes('silent')};
  }

  public text(src: string): string {
    if (src.includes('missing')) throw new Error('the server answered 404');
    return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="currentColor" d="M0 0h1v1z"/></svg>';
  }

  public svg(): never {
    throw new Error('the stand-in reads no SVG');
  }

  public pixel(): [number, number, number, number] {
    return [255, 0, 0, 255];
  }

  public log(level: string, message: string): void {
    this.logged.push({level, message});
  }

  public now(): number {
    return this.clock;
  }

  private textSize(id: number): [number, number] {
    const {text} = this.values.get(id)!;
    if (typeof text === 'string') return [text.length * 10, text === '' ? 0 : 20];
    let width = 0;
    let height = 0;
    for (const child of this.childLists.get(id) ?? []) {
      if (!['txt', 'leaf'].includes(this.kinds.get(child)!)) continue;
      const size = this.textSize(child);
      width += size[0];
      height = Math.max(height, size[1]);
    }
    return [width, height];
  }

  private length(value: unknown, whole: number): number | null {
    if (typeof value === 'number') return value;
    return typeof value === 'string' && value.endsWith('%') ? (parseFloat(value) / 100) * whole : null;
  }
}

/** The stand-in, if scripts run without a host; `null` in the engine. */
export const mock: MockStage | null =
  (globalThis as any).__kinora === undefined ? ((globalThis as any).__kinora = new MockStage()) : null;

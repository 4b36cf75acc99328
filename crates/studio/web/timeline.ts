import {byId, h, say, settled} from './dom.js';
import type {Film} from './film.js';
import {placeLink} from './inspector.js';
import type {Player} from './player.js';
import {framePath} from './connection.js';
import {studio} from './server.js';
import type {Finding, TimeEvent, Timeline as Facts} from './server.js';
import {timecode} from './time.js';

const RULER = 22;
const ROW = 18;
const GAP = 3;
const THUMBS = 36;
const WAVE = 34;
const STRIP = 8;
/** Peaks of the sound a second. */
const PEAKS = 50;
/** Pixels about an event by which it is taken. */
const REACH = 6;

/** A part of the timeline that can be clicked. */
interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
  text: string;
  frame: number;
  event?: TimeEvent;
}

/** What lies where in time, drawn; a slider for keyboards. */
export class Timeline {
  readonly #canvas = byId<HTMLCanvasElement>('timeline');
  #facts: Facts | null = null;
  #peaks: Uint8Array | null = null;
  #take = 0;
  /** The frames that are seen. */
  #from = 0;
  #to = 1;
  /** The frame after the film's last, when it was last told. */
  #end = 0;
  #areas: Area[] = [];
  #marks: Finding[] = [];
  #thumbs = new Map<string, ImageBitmap | null>();
  #fetching = false;
  #drag: {kind: 'seek' | 'pan'; x: number} | {kind: 'event'; event: TimeEvent; frame: number; shift: boolean} | null = null;
  #height = 0;
  #redraw = 0;
  readonly #later = settled(250, () => void this.#fetchThumbs());

  public constructor(
    private readonly film: Film,
    private readonly player: Player,
  ) {
    const canvas = this.#canvas;
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
    canvas.addEventListener('pointerdown', event => this.#down(event));
    canvas.addEventListener('pointermove', event => this.#move(event));
    canvas.addEventListener('pointerup', event => void this.#up(event));
    canvas.addEventListener('wheel', event => this.#wheel(event), {passive: false});
  }

  /** Takes over a new recording. */
  public async update(): Promise<void> {
    const take = this.film.take;
    if (take === null) return;
    const sawAll = this.#from <= this.film.first && this.#to >= this.#end;
    this.#end = this.film.end;
    if (take.id !== this.#take) {
      this.#take = take.id;
      this.#thumbs.clear();
    }
    if (sawAll) this.zoomOut();
    else this.#show(this.#from, Math.min(this.#to, this.film.end) - this.#from);
    this.draw();
    this.#list();
    if (!take.whole) return;
    await this.refresh();
  }

  /** Asks what lies where. */
  public async refresh(): Promise<void> {
    const of = this.#take;
    try {
      const facts: Facts = await (await studio.ask('timeline')).json();
      if (of !== this.#take) return;
      this.#facts = facts;
      this.draw();
      if (this.film.take?.sounds) {
        const peaks = new Uint8Array(await (await studio.ask('peaks')).arrayBuffer());
        if (of !== this.#take) return;
        this.#peaks = peaks;
      } else this.#peaks = null;
      this.draw();
    } catch (error) {
      if (of === this.#take) say((error as Error).message);
    }
  }

  /** Marks what was found of the film. */
  public mark(found: Finding[]): void {
    this.#marks = found;
    this.draw();
  }

  /** Shows all of the film. */
  public zoomOut(): void {
    [this.#from, this.#to] = [this.film.first, Math.max(this.film.first + 1, this.film.end)];
    this.draw();
  }

  public zoom(factor: number, about = this.player.frame): void {
    const whole = this.film.end - this.film.first;
    const length = Math.min(whole, Math.max(10, (this.#to - this.#from) * factor));
    const share = (about - this.#from) / (this.#to - this.#from);
    this.#show(about - length * share, length);
  }

  /** Draws all, once in a frame of the screen. */
  public draw(): void {
    cancelAnimationFrame(this.#redraw);
    this.#redraw = requestAnimationFrame(() => this.#draw());
    const {film, player} = this;
    this.#canvas.setAttribute('aria-valuemin', String(film.first));
    this.#canvas.setAttribute('aria-valuemax', String(film.end - 1));
    this.#canvas.setAttribute('aria-valuenow', String(player.frame));
    this.#canvas.setAttribute('aria-valuetext', `${timecode(player.frame, film.fps)}, frame ${player.frame}`);
  }

  #show(from: number, length: number): void {
    const {first, end} = this.film;
    length = Math.max(1, length);
    this.#from = Math.max(first, Math.min(from, end - length));
    this.#to = this.#from + length;
    this.draw();
  }

  #x(frame: number): number {
    return ((frame - this.#from) / (this.#to - this.#from)) * this.#canvas.clientWidth;
  }

  #frame(x: number): number {
    return this.#from + (x / this.#canvas.clientWidth) * (this.#to - this.#from);
  }

  #draw(): void {
    const {film, player} = this;
    const canvas = this.#canvas;
    const width = canvas.clientWidth;
    const height = this.#rows();
    if (height !== this.#height) {
      this.#height = height;
      canvas.style.height = `${height}px`;
    }
    const ratio = devicePixelRatio;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const c = canvas.getContext('2d');
    if (c === null || film.take === null) return;
    const style = getComputedStyle(document.documentElement);
    const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
    c.scale(ratio, ratio);
    c.font = '11px system-ui, sans-serif';
    c.textBaseline = 'middle';
    this.#areas = [];
    this.#drawRuler(c, width, color);
    let y = RULER;
    y = this.#drawThumbs(c, width, y, color);
    y = this.#drawScenes(c, y, color);
    y = this.#drawPictures(c, y, color);
    y = this.#drawSound(c, width, y, color);
    this.#drawStrip(c, y, color);
    this.#drawMarks(c, color);
    this.#drawEvents(c, height, color);
    if (player.range !== null) {
      const [from, to] = player.bounds;
      c.fillStyle = color('shade');
      c.fillRect(0, 0, Math.max(0, this.#x(from)), height);
      c.fillRect(this.#x(to), 0, width, height);
      c.fillStyle = color('accent');
      c.fillRect(this.#x(from) - 1, 0, 2, RULER);
      c.fillRect(this.#x(to) - 1, 0, 2, RULER);
    }
    const x = this.#x(player.frame);
    const step = Math.max(1.5, width / (this.#to - this.#from));
    c.fillStyle = color('playhead');
    c.globalAlpha = 0.25;
    if (step > 4) c.fillRect(x, RULER, step, height);
    c.globalAlpha = 1;
    c.fillRect(x - 0.75, 0, 1.5, height);
    c.beginPath();
    c.moveTo(x - 6, 0);
    c.lineTo(x + 6, 0);
    c.lineTo(x, 9);
    c.fill();
    this.#later();
  }

  #rows(): number {
    const pictures = this.#facts?.pictures.length ?? 0;
    const sound = this.#peaks !== null ? WAVE + GAP : 0;
    return RULER + THUMBS + GAP + ROW + GAP + Math.min(pictures, 6) * (ROW + GAP) + sound + STRIP + 4;
  }

  #drawRuler(c: CanvasRenderingContext2D, width: number, color: (name: string) => string): void {
    const {fps, first} = this.film;
    const perFrame = width / (this.#to - this.#from);
    const steps = [1, 2, 5, 10, 15, 30, ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].map(s => s * Math.round(fps))];
    const step = steps.find(step => step * perFrame >= 84) ?? steps[steps.length - 1];
    c.fillStyle = color('faint');
    c.strokeStyle = color('line');
    c.beginPath();
    const start = Math.floor(Math.max(first, this.#from) / step) * step;
    for (let frame = start; frame <= this.#to; frame += step) {
      const x = Math.round(this.#x(frame)) + 0.5;
      c.moveTo(x, RULER - 7);
      c.lineTo(x, RULER);
      c.fillText(timecode(frame, fps), x + 4, RULER / 2);
    }
    c.moveTo(0, RULER - 0.5);
    c.lineTo(width, RULER - 0.5);
    c.stroke();
  }

  #drawThumbs(c: CanvasRenderingContext2D, width: number, y: number, color: (name: string) => string): number {
    for (const {frame, x, across} of this.#places(width)) {
      const picture = this.#thumbs.get(this.#thumbKey(frame));
      c.fillStyle = color('raised');
      c.fillRect(x + 0.5, y, across - 1, THUMBS);
      if (picture) c.drawImage(picture, x + 0.5, y, across - 1, THUMBS);
    }
    return y + THUMBS + GAP;
  }

  /** Where thumbnails stand, and of which frames they are. */
  #places(width: number): {frame: number; x: number; across: number}[] {
    const take = this.film.take;
    if (take === null) return [];
    const across = Math.max(24, Math.min(160, (THUMBS * take.width) / take.height));
    // The same frames for as long as the scale stays, whatever part is seen.
    const perThumb = Math.max(1, Math.round((across / width) * (this.#to - this.#from)));
    const places = [];
    for (let frame = Math.floor(this.#from / perThumb) * perThumb; frame < this.#to; frame += perThumb) {
      const shown = Math.max(this.film.first, frame);
      if (shown < this.film.end) places.push({frame: shown, x: this.#x(frame), across: Math.max(2, this.#x(frame + perThumb) - this.#x(frame))});
    }
    return places;
  }

  #thumbKey(frame: number): string {
    return `${this.#take} ${frame}`;
  }

  async #fetchThumbs(): Promise<void> {
    if (this.#fetching || this.player.playing || this.film.take === null) return;
    this.#fetching = true;
    const width = Math.round(Math.min(256, (THUMBS * devicePixelRatio * this.film.take.width) / this.film.take.height));
    try {
      for (const {frame} of this.#places(this.#canvas.clientWidth)) {
        const key = this.#thumbKey(frame);
        if (this.#thumbs.has(key)) continue;
        if (this.player.playing) break;
        this.#thumbs.set(key, null);
        try {
          const picture = await (await studio.ask(framePath(frame, 'jpeg', width, true))).blob();
          this.#thumbs.set(key, await createImageBitmap(picture));
        } catch {
          this.#thumbs.delete(key);
          break;
        }
        if (this.#thumbs.size > 600) this.#thumbs.delete(this.#thumbs.keys().next().value ?? '');
        this.draw();
      }
    } finally {
      this.#fetching = false;
    }
  }

  #bar(c: CanvasRenderingContext2D, y: number, span: [number, number], fill: string, ink: string, text: string, height = ROW): void {
    const [x, end] = [this.#x(span[0]), this.#x(span[1])];
    const width = this.#canvas.clientWidth;
    if (end < 0 || x > width) return;
    const [left, right] = [Math.max(-4, x), Math.min(width + 4, end)];
    c.fillStyle = fill;
    c.beginPath();
    c.roundRect(left, y, Math.max(1.5, right - left - 1), height, 3);
    c.fill();
    if (right - left > 24) {
      c.save();
      c.clip();
      c.fillStyle = ink;
      c.fillText(text, Math.max(4, left + 5), y + height / 2 + 0.5);
      c.restore();
    }
  }

  #drawScenes(c: CanvasRenderingContext2D, y: number, color: (name: string) => string): number {
    for (const scene of this.film.take?.scenes ?? []) {
      const span: [number, number] = [scene.first, scene.first + scene.frames];
      this.#bar(c, y, span, color('scene'), color('on-scene'), scene.name);
      const x = this.#x(span[0]);
      this.#areas.push({x, y, width: this.#x(span[1]) - x, height: ROW, text: `scene ${scene.name}`, frame: scene.first});
    }
    return y + ROW + GAP;
  }

  #drawPictures(c: CanvasRenderingContext2D, y: number, color: (name: string) => string): number {
    const first = this.film.first;
    for (const picture of this.#facts?.pictures.slice(0, 6) ?? []) {
      for (const [from, to] of picture.spans) {
        const name = picture.name.split('/').pop() ?? picture.name;
        const fill = color(picture.kind === 'video' ? 'video' : 'image');
        this.#bar(c, y, [from + first, to + first], fill, color('on-clip'), name);
        const x = this.#x(from + first);
        this.#areas.push({x, y, width: this.#x(to + first) - x, height: ROW, text: `${picture.kind} ${picture.name}`, frame: from + first});
      }
      y += ROW + GAP;
    }
    return y;
  }

  #drawSound(c: CanvasRenderingContext2D, width: number, y: number, color: (name: string) => string): number {
    if (this.#peaks === null) return y;
    const {first, fps} = this.film;
    c.fillStyle = color('raised');
    c.fillRect(0, y, width, WAVE);
    for (const sound of this.#facts?.sounds ?? []) {
      const x = this.#x(sound.span[0] + first);
      const across = this.#x(sound.span[1] + first) - x;
      this.#areas.push({x, y, width: across, height: WAVE, text: `sound ${sound.name}`, frame: sound.span[0] + first});
    }
    c.fillStyle = color('wave');
    const middle = y + WAVE / 2;
    for (let x = 0; x < width; x++) {
      const from = Math.floor(((this.#frame(x) - first) / fps) * PEAKS);
      const to = Math.max(from + 1, Math.floor(((this.#frame(x + 1) - first) / fps) * PEAKS));
      let peak = 0;
      for (let index = Math.max(0, from); index < to && index < this.#peaks.length; index++) peak = Math.max(peak, this.#peaks[index]);
      const half = Math.max(0.5, (peak / 255) * (WAVE / 2 - 1));
      c.fillRect(x, middle - half, 1, half * 2);
    }
    const names = [...new Set((this.#facts?.sounds ?? []).map(sound => sound.name.split('/').pop()))];
    const text = names.join(', ');
    c.fillStyle = color('raised');
    c.globalAlpha = 0.8;
    c.fillRect(2, y + 1, c.measureText(text).width + 6, 14);
    c.globalAlpha = 1;
    c.fillStyle = color('ink');
    c.fillText(text, 5, y + 8);
    return y + WAVE + GAP;
  }

  #drawStrip(c: CanvasRenderingContext2D, y: number, color: (name: string) => string): void {
    for (const segment of this.#facts?.segments ?? []) {
      const from = segment.first + this.film.first;
      const x = this.#x(from);
      const across = this.#x(from + segment.frames) - x;
      c.fillStyle = color(segment.cached ? 'cached' : segment.fresh ? 'fresh' : 'uncached');
      c.fillRect(x + 0.5, y, Math.max(1, across - 1), STRIP);
      const what = segment.cached ? 'rendered before: in the cache' : segment.fresh ? 'changed by the last edit: to be rendered' : 'to be rendered';
      const cost = segment.cached ? '' : `, about ${(segment.milliseconds / 1000).toFixed(2)} s of a processor`;
      this.#areas.push({x, y: y - 2, width: across, height: STRIP + 4, text: `segment ${what}${cost}`, frame: from});
    }
  }

  /** What was found lies below the ruler. */
  #drawMarks(c: CanvasRenderingContext2D, color: (name: string) => string): void {
    for (const finding of this.#marks) {
      if (finding.firstFrame === null || finding.lastFrame === null) continue;
      const x = this.#x(finding.firstFrame);
      const width = Math.max(5, this.#x(finding.lastFrame + 1) - x);
      c.fillStyle = color(finding.severity === 'warning' ? 'bad' : 'warn');
      c.fillRect(x, RULER - 3, width, 3);
      this.#areas.push({x, y: RULER - 5, width, height: 7, text: `${finding.rule}: ${finding.message}`, frame: finding.firstFrame});
    }
  }

  #drawEvents(c: CanvasRenderingContext2D, height: number, color: (name: string) => string): void {
    for (const event of this.film.take?.events ?? []) {
      const frame = this.#eventFrame(event);
      const dragged = this.#drag?.kind === 'event' && this.#drag.event.name === event.name && this.#drag.event.scene === event.scene;
      const x = this.#x(dragged && this.#drag?.kind === 'event' ? this.#drag.frame : frame);
      c.fillStyle = color('event');
      c.fillRect(x - 0.75, RULER - 6, 1.5, height);
      c.beginPath();
      c.moveTo(x - 5, RULER - 8);
      c.lineTo(x, RULER - 13);
      c.lineTo(x + 5, RULER - 8);
      c.lineTo(x, RULER - 3);
      c.fill();
      c.fillText(event.name, x + 7, RULER + THUMBS / 2);
      this.#areas.push({x: x - REACH, y: 0, width: 2 * REACH, height: RULER + THUMBS, text: `event ${event.name}${event.kept ? ': drag to move it, with Shift the later ones too' : ''}`, frame, event});
    }
  }

  #sceneFirst(event: TimeEvent): number {
    return this.film.take?.scenes?.find(scene => scene.name === event.scene)?.first ?? this.film.first;
  }

  #eventFrame(event: TimeEvent): number {
    return this.#sceneFirst(event) + event.seconds * this.film.fps;
  }

  #area(event: MouseEvent): Area | undefined {
    const [x, y] = [event.offsetX, event.offsetY];
    const inside = (area: Area) => x >= area.x && x <= area.x + area.width && y >= area.y && y <= area.y + area.height;
    return this.#areas.findLast(inside);
  }

  #down(event: PointerEvent): void {
    if (event.button > 1) return;
    this.#canvas.setPointerCapture(event.pointerId);
    const area = this.#area(event);
    if (event.button === 1 || (event.button === 0 && event.altKey)) {
      this.#drag = {kind: 'pan', x: event.offsetX};
    } else if (area?.event !== undefined) {
      this.#drag = {kind: 'event', event: area.event, frame: area.frame, shift: event.shiftKey};
    } else {
      this.#drag = {kind: 'seek', x: event.offsetX};
      this.player.seek(Math.floor(this.#frame(event.offsetX)));
    }
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag === null) {
      const area = this.#area(event);
      this.#canvas.title = area?.text ?? '';
      this.#canvas.style.cursor = area?.event ? 'ew-resize' : 'default';
    } else if (drag.kind === 'pan') {
      const frames = this.#frame(drag.x) - this.#frame(event.offsetX);
      drag.x = event.offsetX;
      this.#show(this.#from + frames, this.#to - this.#from);
    } else if (drag.kind === 'event') {
      const from = this.#sceneFirst(drag.event) + drag.event.from * this.film.fps;
      drag.frame = Math.max(from, Math.round(this.#frame(event.offsetX)));
      drag.shift = event.shiftKey;
      this.player.seek(drag.frame);
    } else {
      this.player.seek(Math.floor(this.#frame(event.offsetX)));
    }
  }

  async #up(_: PointerEvent): Promise<void> {
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.kind !== 'event') return;
    const seconds = (drag.frame - this.#sceneFirst(drag.event)) / this.film.fps;
    if (Math.abs(seconds - drag.event.seconds) > 1e-6) await this.#moveEvent(drag.event, seconds, drag.shift);
    this.draw();
  }

  async #moveEvent(event: TimeEvent, seconds: number, shift: boolean): Promise<void> {
    try {
      await studio.tell('event', {scene: event.scene, name: event.name, seconds, shift});
      say(`Moved ${event.name} to ${seconds.toFixed(2)} s`);
    } catch (error) {
      say((error as Error).message);
    }
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 30;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const by = (event.deltaX + event.deltaY) * unit;
      const frames = (by / this.#canvas.clientWidth) * (this.#to - this.#from);
      this.#show(this.#from + frames, this.#to - this.#from);
    } else {
      this.zoom(Math.exp(event.deltaY * unit * 0.002), this.#frame(event.offsetX));
    }
  }

  /** The scenes and events as a list, for keyboards and screen readers. */
  #list(): void {
    const take = this.film.take;
    if (take === null) return;
    const {fps} = this.film;
    const to = (frame: number) => () => this.player.seek(frame);
    const rows = (take.scenes ?? []).map(scene =>
      h(
        'li',
        {},
        h('button', {class: 'link', onclick: to(scene.first)}, scene.name),
        h('span', {class: 'hint'}, `${timecode(scene.first, fps)}, ${scene.frames} frames`),
      ),
    );
    const root = this.film.state?.root ?? '';
    for (const event of take.events ?? []) {
      const field = h('input', {
        type: 'number',
        step: '0.1',
        min: event.from,
        value: Number(event.seconds.toFixed(3)),
        disabled: !event.kept,
        'aria-label': `Seconds of ${event.name}`,
        onchange: () => void this.#moveEvent(event, field.valueAsNumber, false),
      });
      rows.push(
        h(
          'li',
          {},
          h('button', {class: 'link', onclick: to(Math.round(this.#eventFrame(event)))}, `◆ ${event.name}`),
          field,
          h('span', {class: 'hint'}, event.kept ? 's' : 's; kept once its scene is imported with ?scene'),
          event.place !== null && placeLink(root, event.place),
        ),
      );
    }
    byId('scenes').replaceChildren(...rows);
  }
}

import {byId, s} from './dom.js';
import type {Film} from './film.js';
import type {NodeFacts} from './server.js';

const CLOSEST = 16;
const FARTHEST = 0.02;

/** The picture with what lies over it, zoomed and moved. */
export class Screen {
  readonly #view = byId('view');
  readonly #sheet = byId('sheet');
  readonly #canvas = byId<HTMLCanvasElement>('picture');
  readonly #over = byId('over') as unknown as SVGSVGElement;
  /** Pixels of the page a pixel of the film; none while all of it is fitted in. */
  #zoom: number | null = null;
  /** How far the middle of the film lies from that of the view. */
  #pan = {x: 0, y: 0};
  #pointer: {x: number; y: number; moved: boolean} | null = null;
  public guides = false;
  /** Told where in the film someone clicked, and where someone points. */
  public clicked: (x: number, y: number) => void = () => {};
  public pointed: (x: number, y: number) => void = () => {};
  public changed: () => void = () => {};

  public constructor(private readonly film: Film) {
    new ResizeObserver(() => this.place()).observe(this.#view);
    this.#view.addEventListener('wheel', event => this.#wheel(event), {passive: false});
    this.#view.addEventListener('pointerdown', event => this.#down(event));
    this.#view.addEventListener('pointermove', event => this.#move(event));
    this.#view.addEventListener('pointerup', event => this.#up(event));
    this.#view.addEventListener('pointercancel', () => (this.#pointer = null));
  }

  /** Pixels of the page a pixel of the film. */
  public get scale(): number {
    return this.#zoom ?? this.#fit();
  }

  public get isFitted(): boolean {
    return this.#zoom === null;
  }

  /** Pixels across that are enough for what is seen: one of a few widths, or all. */
  public width(): number | undefined {
    const whole = this.film.take?.width ?? 0;
    const seen = whole * this.scale * devicePixelRatio;
    const share = [0.25, 0.375, 0.5, 0.75].find(share => whole * share >= seen * 0.96);
    return share === undefined || whole <= 480 ? undefined : Math.round(whole * share);
  }

  public show(picture: ImageBitmap): void {
    const canvas = this.#canvas;
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    }
    const context = canvas.getContext('2d');
    if (context === null) return;
    context.globalCompositeOperation = 'copy';
    context.drawImage(picture, 0, 0);
  }

  /** Fits all of the film in, or shows it at this scale about a point of the view. */
  public zoom(scale: number | null, about?: {x: number; y: number}): void {
    if (scale === null) {
      this.#zoom = null;
      this.#pan = {x: 0, y: 0};
    } else {
      const next = Math.max(FARTHEST, Math.min(CLOSEST, scale));
      const ratio = next / this.scale;
      const {x, y} = about ?? {x: 0, y: 0};
      this.#pan = {x: x - (x - this.#pan.x) * ratio, y: y - (y - this.#pan.y) * ratio};
      this.#zoom = next;
    }
    this.place();
  }

  public zoomBy(factor: number): void {
    this.zoom(this.scale * factor);
  }

  /** Puts the picture where it belongs. */
  public place(): void {
    const take = this.film.take;
    if (take === null) return;
    const [width, height] = [take.width * this.scale, take.height * this.scale];
    const sheet = this.#sheet.style;
    sheet.width = `${width}px`;
    sheet.height = `${height}px`;
    sheet.transform = `translate(calc(-50% + ${this.#pan.x}px), calc(-50% + ${this.#pan.y}px))`;
    this.#canvas.classList.toggle('coarse', this.scale * devicePixelRatio >= 3);
    this.#over.setAttribute('viewBox', `0 0 ${take.width} ${take.height}`);
    this.changed();
  }

  /** Draws the outlines of these nodes, and what lies over all if that is wanted. */
  public outline(selected: NodeFacts | null, pointed: NodeFacts | null): void {
    const take = this.film.take;
    if (take === null) return;
    this.#over.replaceChildren();
    if (this.guides) this.#drawGuides(take.width, take.height);
    for (const [node, name] of [
      [pointed, 'pointed'],
      [selected, 'selected'],
    ] as const) {
      if (node === null) continue;
      const points = node.corners.map(corner => corner.join(',')).join(' ');
      this.#over.append(s('polygon', {points, class: name, 'vector-effect': 'non-scaling-stroke'}));
    }
  }

  #drawGuides(width: number, height: number): void {
    const line = (x1: number, y1: number, x2: number, y2: number, name: string) =>
      this.#over.append(s('line', {x1, y1, x2, y2, class: name, 'vector-effect': 'non-scaling-stroke'}));
    const step = 10 ** Math.max(1, Math.round(Math.log10(Math.max(width, height) / 16)));
    for (let x = (width / 2) % step; x < width; x += step) line(x, 0, x, height, 'grid');
    for (let y = (height / 2) % step; y < height; y += step) line(0, y, width, y, 'grid');
    line(width / 2, 0, width / 2, height, 'axis');
    line(0, height / 2, width, height / 2, 'axis');
    // What televisions may cut off.
    const [x, y] = [width * 0.05, height * 0.05];
    const safe = {x, y, width: width - 2 * x, height: height - 2 * y, class: 'safe'};
    this.#over.append(s('rect', {...safe, 'vector-effect': 'non-scaling-stroke'}));
  }

  #fit(): number {
    const take = this.film.take;
    const box = this.#view.getBoundingClientRect();
    if (take === null || box.width === 0) return 1;
    const scale = Math.min((box.width - 24) / take.width, (box.height - 24) / take.height);
    return Math.max(FARTHEST, Math.min(scale, CLOSEST));
  }

  /** Where in the film a point of the page is. */
  #inFilm(event: MouseEvent): [number, number] {
    const box = this.#sheet.getBoundingClientRect();
    return [(event.clientX - box.left) / this.scale, (event.clientY - box.top) / this.scale];
  }

  #fromMiddle(event: MouseEvent): {x: number; y: number} {
    const box = this.#view.getBoundingClientRect();
    return {x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2};
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey || !event.shiftKey) {
      const strength = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 0.0022 : 0.06;
      this.zoom(this.scale * Math.exp(-event.deltaY * strength), this.#fromMiddle(event));
    } else {
      this.#pan = {x: this.#pan.x - event.deltaX - event.deltaY, y: this.#pan.y};
      this.#zoom ??= this.#fit();
      this.place();
    }
  }

  #down(event: PointerEvent): void {
    if (event.button > 1) return;
    // A ring about the picture is for who came by keyboard.
    this.#view.focus({preventScroll: true, focusVisible: false} as FocusOptions);
    this.#view.setPointerCapture(event.pointerId);
    this.#pointer = {x: event.clientX, y: event.clientY, moved: event.button === 1};
  }

  #move(event: PointerEvent): void {
    const pointer = this.#pointer;
    if (pointer === null) {
      this.pointed(...this.#inFilm(event));
      return;
    }
    const [dx, dy] = [event.clientX - pointer.x, event.clientY - pointer.y];
    if (!pointer.moved && Math.hypot(dx, dy) < 4) return;
    pointer.moved = true;
    [pointer.x, pointer.y] = [event.clientX, event.clientY];
    this.#zoom ??= this.#fit();
    this.#pan = {x: this.#pan.x + dx, y: this.#pan.y + dy};
    this.place();
  }

  #up(event: PointerEvent): void {
    const pointer = this.#pointer;
    this.#pointer = null;
    if (pointer !== null && !pointer.moved) this.clicked(...this.#inFilm(event));
  }
}

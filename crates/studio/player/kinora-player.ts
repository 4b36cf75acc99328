import {Controls, element} from './controls.js';
import type {Steered} from './controls.js';
import type {Engine, Failure} from './engine.js';
import {FileEngine} from './file.js';
import {RenderJob} from './job.js';
import {LOOK} from './look.js';
import {StudioEngine} from './studio.js';

/** Where there is no page, as when one is written on a server, the module does nothing. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** What sets the film. */
const SOURCES = ['src', 'job', 'studio'];

/** `<kinora-player>`: plays a film. Names are those of `HTMLMediaElement`. */
export class KinoraPlayer extends Base implements Steered {
  public static readonly observedAttributes = [...SOURCES, 'controls', 'loop', 'poster', 'width', 'height'];

  #engine: Engine | null = null;
  #job: RenderJob | null = null;
  #error: Failure | null = null;
  #volume = 1;
  #muted = false;
  #rate = 1;
  #isSeen = false;
  #controls!: Controls;
  #size!: CSSStyleSheet;
  #view!: HTMLElement;
  #poster!: HTMLImageElement;
  #message!: HTMLElement;
  #alert!: HTMLElement;

  public constructor() {
    super();
    if (globalThis.HTMLElement === undefined) return;
    this.#controls = new Controls(this);
    this.#size = new CSSStyleSheet();
    this.#view = element('div', 'view', {part: 'view'});
    this.#poster = element('img', 'poster', {part: 'poster', alt: '', hidden: ''});
    this.#message = element('div', 'message', {part: 'message', role: 'status', hidden: ''});
    this.#alert = element('div', 'message', {part: 'error', role: 'alert', hidden: ''});
    // What it is as long as its page says nothing else.
    const internals = this.attachInternals();
    internals.role = 'group';
    internals.ariaLabel = 'Video player';
    const root = this.attachShadow({mode: 'open', delegatesFocus: true});
    const look = new CSSStyleSheet();
    look.replaceSync(LOOK);
    root.adoptedStyleSheets = [look, this.#size];
    this.#view.append(this.#poster, this.#message, this.#alert);
    root.append(this.#view, this.#controls.bar);
    this.#view.addEventListener('click', () => this.controls && this.#engine !== null && this.toggle());
    this.addEventListener('keydown', event => void (this.controls && this.#engine !== null && this.#controls.key(event)));
    for (const name of ['pointermove', 'pointerdown', 'focusin'] as const) {
      this.addEventListener(name, () => this.#controls.wake());
    }
  }

  public connectedCallback(): void {
    this.#muted ||= this.hasAttribute('muted');
    this.#showControls();
    this.#showSize();
    this.load();
  }

  public disconnectedCallback(): void {
    this.#end();
  }

  public attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.isConnected || before === after) return;
    if (SOURCES.includes(name)) this.load();
    else if (name === 'controls') this.#showControls();
    else if (name === 'poster') this.#showPoster();
    else if (name === 'loop') this.#apply();
    else this.#showSize();
  }

  /** Begins anew with what `src`, `job` or `studio` names. */
  public load(): void {
    this.#end();
    this.#isSeen = false;
    this.#tell('emptied');
    const {src, job, studio} = this;
    if (src) this.#openFile(src);
    else if (job) this.#await(job);
    else if (studio) this.#open(tell => new StudioEngine(studio, tell));
    this.#showPoster();
    this.#update();
  }

  /** Plays; fails where the browser wants a user to have done something first. */
  public async play(): Promise<void> {
    await this.#engine?.play();
  }

  public pause(): void {
    this.#engine?.pause();
  }

  public toggle(): void {
    // What keeps it from playing is shown, or the browser's own affair.
    if (this.paused) this.play().catch(() => {});
    else this.pause();
  }

  public full(): void {
    if (document.fullscreenElement === this) void document.exitFullscreen();
    else this.requestFullscreen().catch(() => {});
  }

  public step(frames: number): void {
    const fps = this.#engine?.fps ?? (Number(this.getAttribute('fps')) || null);
    if (fps === null) return;
    this.pause();
    const frame = Math.floor(this.currentTime * fps + 1e-3) + frames;
    const last = Math.max(0, Math.ceil(this.duration * fps - 1e-3) - 1);
    // Into the frame, so that rounding finds it.
    this.currentTime = (Math.max(0, Math.min(frame, last)) + (this.#engine instanceof FileEngine ? 0.5 : 0)) / fps;
  }

  public get src(): string {
    return this.getAttribute('src') ?? '';
  }

  public set src(address: string) {
    this.#set('src', address);
  }

  /** A studio's address, whose film is shown as it is written. */
  public get studio(): string {
    return this.getAttribute('studio') ?? '';
  }

  public set studio(address: string) {
    this.#set('studio', address);
  }

  /** The address of a job of `kinora serve`, whose film is shown when it is done. */
  public get job(): string {
    return this.getAttribute('job') ?? '';
  }

  public set job(address: string) {
    this.#set('job', address);
  }

  public get poster(): string {
    return this.getAttribute('poster') ?? '';
  }

  public set poster(address: string) {
    this.#set('poster', address);
  }

  public get autoplay(): boolean {
    return this.hasAttribute('autoplay');
  }

  public set autoplay(value: boolean) {
    this.toggleAttribute('autoplay', Boolean(value));
  }

  public get loop(): boolean {
    return this.hasAttribute('loop');
  }

  public set loop(value: boolean) {
    this.toggleAttribute('loop', Boolean(value));
  }

  public get controls(): boolean {
    return this.hasAttribute('controls');
  }

  public set controls(value: boolean) {
    this.toggleAttribute('controls', Boolean(value));
  }

  /** CSS pixels across; 0 is the film's own size. */
  public get width(): number {
    return Number.parseInt(this.getAttribute('width') ?? '', 10) || 0;
  }

  public set width(pixels: number) {
    this.#set('width', pixels ? String(pixels) : '');
  }

  public get height(): number {
    return Number.parseInt(this.getAttribute('height') ?? '', 10) || 0;
  }

  public set height(pixels: number) {
    this.#set('height', pixels ? String(pixels) : '');
  }

  public get volume(): number {
    return this.#volume;
  }

  public set volume(volume: number) {
    if (!(volume >= 0 && volume <= 1)) throw new RangeError(`a volume is 0 to 1, not ${volume}`);
    this.#volume = volume;
    if (this.#engine === null) this.#tell('volumechange');
    else this.#engine.volume = volume;
  }

  public get muted(): boolean {
    return this.#muted;
  }

  public set muted(muted: boolean) {
    this.#muted = Boolean(muted);
    if (this.#engine === null) this.#tell('volumechange');
    else this.#engine.muted = this.#muted;
  }

  public get playbackRate(): number {
    return this.#rate;
  }

  public set playbackRate(rate: number) {
    if (!(rate > 0 && rate <= 16)) throw new RangeError(`a rate is above 0 and at most 16, not ${rate}`);
    this.#rate = rate;
    if (this.#engine === null) this.#tell('ratechange');
    else this.#engine.playbackRate = rate;
  }

  public get currentTime(): number {
    return this.#engine?.currentTime ?? 0;
  }

  public set currentTime(seconds: number) {
    if (!Number.isFinite(seconds)) throw new TypeError(`a time is seconds, not ${seconds}`);
    if (this.#engine === null) return;
    this.#engine.currentTime = Math.max(0, Math.min(seconds, this.duration || 0));
  }

  /** Seconds; NaN as long as they are not known. */
  public get duration(): number {
    return this.#engine?.duration ?? NaN;
  }

  public get paused(): boolean {
    return this.#engine?.paused ?? true;
  }

  public get ended(): boolean {
    return this.#engine?.ended ?? false;
  }

  public get seeking(): boolean {
    return this.#engine?.seeking ?? false;
  }

  public get readyState(): number {
    return this.#engine?.readyState ?? 0;
  }

  public get videoWidth(): number {
    return this.#engine?.videoWidth ?? 0;
  }

  public get videoHeight(): number {
    return this.#engine?.videoHeight ?? 0;
  }

  /** Why there is no film; its message is what is shown. */
  public get error(): Failure | null {
    return this.#error ?? this.#engine?.error ?? null;
  }

  #open(make: (tell: (event: string) => void) => Engine): void {
    const engine = make(event => engine === this.#engine && this.#hear(event));
    this.#engine = engine;
    this.#view.prepend(engine.view);
    this.#apply();
    engine.volume = this.#volume;
    engine.muted = this.#muted;
    engine.playbackRate = this.#rate;
    if (this.autoplay) this.toggle();
  }

  #openFile(src: string): void {
    const preload = this.getAttribute('preload') ?? 'metadata';
    this.#open(tell => new FileEngine(src, preload, this.getAttribute('crossorigin'), tell));
  }

  /** Waits for the film of a job of a render service. */
  #await(address: string): void {
    const say = (text: string) => show(this.#message, text);
    say('Waiting to be rendered…');
    this.#job = new RenderJob(address, {
      progress: share => say(share === null ? 'Rendering…' : `Rendering… ${Math.floor(share * 100)} %`),
      done: film => {
        say('');
        this.#openFile(film);
      },
      failed: message => {
        say('');
        this.#error = {code: 2, message};
        this.#hear('error');
      },
    });
  }

  #end(): void {
    this.#job?.close();
    this.#job = null;
    const engine = this.#engine;
    this.#engine = null;
    this.#error = null;
    show(this.#message, '');
    engine?.close();
    engine?.view.remove();
  }

  #hear(event: string): void {
    if (['play', 'seeking'].includes(event)) {
      this.#isSeen = true;
      this.#showPoster();
    }
    if (event === 'resize' || event === 'loadedmetadata') this.#showSize();
    if (['play', 'pause'].includes(event)) this.#controls.wake();
    this.#update();
    if (event !== 'recover') this.#tell(event);
  }

  #tell(event: string): void {
    this.#update();
    this.dispatchEvent(new Event(event));
  }

  #update(): void {
    show(this.#alert, this.error?.message ?? '');
    this.#controls.update();
  }

  #apply(): void {
    if (this.#engine !== null) this.#engine.loop = this.loop;
  }

  #set(name: string, value: string): void {
    if (value === '' || value === undefined || value === null) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  #showControls(): void {
    this.#controls.bar.hidden = !this.controls;
    this.#controls.wake();
  }

  #showPoster(): void {
    const {poster} = this;
    if (poster) this.#poster.src = poster;
    this.#poster.hidden = poster === '' || this.#isSeen;
  }

  /** As for `<video>`: what is not said follows from the film's own size. */
  #showSize(): void {
    const {width, height} = this;
    const [own, tall] = [this.videoWidth || 300, this.videoHeight || 150];
    const rules = [`aspect-ratio: ${width || own} / ${height || (width ? (width * tall) / own : tall)}`, 'container-type: inline-size'];
    if (width) rules.push(`width: ${width}px`);
    if (height) rules.push(`height: ${height}px`);
    if (!width && !height) rules.push(`width: ${own}px`);
    if (!width && height) rules[0] = `aspect-ratio: ${own} / ${tall}`;
    this.#size.replaceSync(`:host { ${rules.join('; ')} }`);
  }
}

/** Shows a text, or nothing. */
function show(message: HTMLElement, text: string): void {
  if (message.textContent !== text) message.textContent = text;
  message.hidden = text === '';
}

if (globalThis.customElements !== undefined && customElements.get('kinora-player') === undefined) {
  customElements.define('kinora-player', KinoraPlayer);
}

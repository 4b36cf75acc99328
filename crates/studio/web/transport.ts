import {byId, keep, kept, say} from './dom.js';
import type {Film} from './film.js';
import type {Player} from './player.js';
import type {Screen} from './screen.js';
import {framePath} from './connection.js';
import {studio} from './server.js';
import {parseFrame, timecode} from './time.js';

/** The buttons and fields below the picture. */
export class Transport {
  readonly #time = byId<HTMLInputElement>('time');
  readonly #play = byId<HTMLButtonElement>('play');

  public constructor(
    private readonly film: Film,
    private readonly player: Player,
    private readonly screen: Screen,
  ) {
    const on = (id: string, work: () => void) => byId(id).addEventListener('click', work);
    on('play', () => player.toggle());
    on('first', () => player.seek(player.bounds[0]));
    on('last', () => player.seek(player.bounds[1] - 1));
    on('back', () => this.step(-1));
    on('forward', () => this.step(1));
    on('loop', () => this.set('loops', !player.loops));
    on('every', () => this.set('everyFrame', !player.everyFrame));
    on('mute', () => player.setVolume(player.volume, !player.muted));
    on('in', () => this.markIn());
    on('out', () => this.markOut());
    on('whole', () => this.setRange(null));
    on('fit', () => screen.zoom(null));
    on('actual', () => screen.zoom(1 / devicePixelRatio));
    on('checker', () => this.checker());
    on('guides', () => this.guides());
    on('full', () => this.full());
    on('snapshot', () => void this.snapshot());
    on('copy', () => void this.copy());
    byId('volume').addEventListener('input', event => {
      player.setVolume(Number((event.target as HTMLInputElement).value), false);
      keep('volume', String(player.volume));
    });
    byId('speed').addEventListener('change', event => this.setSpeed(Number((event.target as HTMLSelectElement).value)));
    this.#time.addEventListener('focus', () => this.#time.select());
    this.#time.addEventListener('keydown', event => {
      if (event.key === 'Enter') this.#jump();
      if (event.key === 'Enter' || event.key === 'Escape') this.#time.blur();
    });
    this.#time.addEventListener('blur', () => this.update());
    const volume = Number(kept('volume') ?? 1);
    player.setVolume(volume >= 0 && volume <= 1 ? volume : 1, false);
    byId<HTMLInputElement>('volume').value = String(player.volume);
    if (kept('checker') === 'no') this.checker();
  }

  /** Goes so many frames on, and stops there. */
  public step(frames: number): void {
    this.player.pause();
    this.player.seek(this.player.frame + frames);
  }

  public set(name: 'loops' | 'everyFrame', value: boolean): void {
    this.player[name] = value;
    if (this.player.playing) void this.player.play();
    this.player.changed();
  }

  public setSpeed(speed: number): void {
    this.player.speed = speed;
    if (this.player.playing) void this.player.play(speed);
    this.player.changed();
  }

  public markIn(): void {
    const {frame, range} = this.player;
    const end = range !== null && range[1] > frame ? range[1] : this.film.end;
    this.setRange([frame, end]);
  }

  public markOut(): void {
    const {frame, range} = this.player;
    const start = range !== null && range[0] <= frame ? range[0] : this.film.first;
    this.setRange([start, frame + 1]);
  }

  public setRange(range: [number, number] | null): void {
    this.player.range = range;
    this.player.changed();
  }

  public checker(): void {
    const isPlain = byId('sheet').classList.toggle('plain');
    byId('checker').setAttribute('aria-pressed', String(!isPlain));
    keep('checker', isPlain ? 'no' : 'yes');
  }

  public guides(): void {
    this.screen.guides = !this.screen.guides;
    byId('guides').setAttribute('aria-pressed', String(this.screen.guides));
    this.player.changed();
    this.screen.place();
  }

  public full(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void byId('player').requestFullscreen();
  }

  /** Saves the present frame as a PNG file, the same that `kinora frame` writes. */
  public async snapshot(): Promise<void> {
    const {frame} = this.player;
    try {
      const picture = await (await studio.ask(framePath(frame, 'png'))).blob();
      const link = document.createElement('a');
      link.href = URL.createObjectURL(picture);
      link.download = `${this.film.state?.name ?? 'frame'}-${String(frame).padStart(6, '0')}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      say(`Saved frame ${frame}`);
    } catch (error) {
      say((error as Error).message);
    }
  }

  /** Puts the present frame on the clipboard. */
  public async copy(): Promise<void> {
    const {frame} = this.player;
    try {
      const picture = studio.ask(framePath(frame, 'png')).then(response => response.blob());
      await navigator.clipboard.write([new ClipboardItem({'image/png': picture})]);
      say(`Copied frame ${frame}`);
    } catch (error) {
      say(`The browser did not take it: ${(error as Error).message}`);
    }
  }

  /** Shows where the film is. */
  public update(): void {
    const {film, player, screen} = this;
    const {fps} = film;
    if (document.activeElement !== this.#time) this.#time.value = timecode(player.frame, fps);
    byId('frame').textContent = `frame ${player.frame}`;
    byId('length').textContent = `of ${timecode(film.end - film.first, fps)}`;
    this.#play.setAttribute('aria-label', player.playing ? 'Pause' : 'Play');
    this.#play.classList.toggle('playing', player.playing);
    const pressed = (id: string, value: boolean) => byId(id).setAttribute('aria-pressed', String(value));
    pressed('loop', player.loops);
    pressed('every', player.everyFrame);
    pressed('mute', player.muted);
    byId('whole').hidden = player.range === null;
    const speed = byId<HTMLSelectElement>('speed');
    if (![...speed.options].some(option => Number(option.value) === player.speed)) {
      speed.add(new Option(`${player.speed}×`, String(player.speed)));
    }
    speed.value = String(player.speed);
    byId('scale').textContent = `${Math.round(screen.scale * devicePixelRatio * 100)} %`;
    byId('fit').setAttribute('aria-pressed', String(screen.isFitted));
    const total = player.skipped + player.shown;
    const skipped = byId('skipped');
    skipped.hidden = player.skipped === 0;
    skipped.textContent = `${player.skipped} of ${total} frames skipped`;
  }

  #jump(): void {
    const frame = parseFrame(this.#time.value, this.film.fps);
    if (frame === null) say('A time is HH:MM:SS:FF, a frame’s number, or seconds such as 2.5s');
    else this.player.seek(frame);
  }
}

import {SIGNS} from './look.js';

/** What controls steer: a player. */
export interface Steered {
  readonly duration: number;
  readonly paused: boolean;
  currentTime: number;
  volume: number;
  muted: boolean;
  toggle(): void;
  full(): void;
  /** Goes so many frames on, if it is known how long one is. */
  step(frames: number): void;
}

/** Seconds that an arrow key goes, and that J and L go. */
const ARROW = 5;
const LEAP = 10;
/** Milliseconds after which the bar of a film that plays goes. */
const IDLE = 2500;

/** The bar below a film: its buttons, its sliders and its keys. */
export class Controls {
  public readonly bar = element('div', 'bar', {part: 'controls'});
  readonly #play = button(SIGNS.play, 'play');
  readonly #mute = button(SIGNS.sound, 'mute');
  readonly #full = button(SIGNS.full, 'fullscreen');
  readonly #position = slider('position', 'Position', 'any');
  readonly #volume = slider('volume', 'Volume', '0.05');
  readonly #time = element('span', 'time', {part: 'time', 'aria-hidden': 'true'});
  #idle: ReturnType<typeof setTimeout> | undefined;

  public constructor(private readonly film: Steered) {
    this.#full.setAttribute('aria-label', 'Full screen');
    this.#volume.max = '1';
    this.#play.addEventListener('click', () => film.toggle());
    this.#mute.addEventListener('click', () => (film.muted = !film.muted));
    this.#full.addEventListener('click', () => film.full());
    this.#position.addEventListener('input', () => (film.currentTime = Number(this.#position.value)));
    this.#volume.addEventListener('input', () => {
      film.muted = false;
      film.volume = Number(this.#volume.value);
    });
    this.bar.append(this.#play, this.#position, this.#time, this.#mute, this.#volume, this.#full);
    this.update();
  }

  /** Shows where the film is. */
  public update(): void {
    const {film} = this;
    const duration = Number.isFinite(film.duration) ? film.duration : 0;
    sign(this.#play, film.paused ? SIGNS.play : SIGNS.pause, film.paused ? 'Play' : 'Pause');
    sign(this.#mute, film.muted ? SIGNS.silence : SIGNS.sound, film.muted ? 'Unmute' : 'Mute');
    this.#position.max = String(duration);
    this.#position.value = String(film.currentTime);
    this.#position.disabled = duration === 0;
    this.#position.setAttribute('aria-valuetext', `${clock(film.currentTime)} of ${clock(duration)}`);
    this.#time.textContent = `${clock(film.currentTime)} / ${clock(duration)}`;
    this.#volume.value = String(film.muted ? 0 : film.volume);
    this.#volume.setAttribute('aria-valuetext', film.muted ? 'muted' : `${Math.round(film.volume * 100)} %`);
  }

  /** Shows the bar, for a while if the film plays. */
  public wake(): void {
    this.bar.classList.remove('idle');
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.bar.classList.toggle('idle', !this.film.paused), IDLE);
  }

  /** Does what a key is for; whether it is for anything. */
  public key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
    const {film} = this;
    const [target] = event.composedPath();
    const end = Number.isFinite(film.duration) ? film.duration : 0;
    const go = (seconds: number) => (film.currentTime = Math.max(0, Math.min(seconds, end)));
    const louder = (by: number) => {
      film.muted = false;
      film.volume = Math.max(0, Math.min(1, Math.round((film.volume + by) * 100) / 100));
    };
    const works: Record<string, () => void> = {
      k: () => film.toggle(),
      j: () => go(film.currentTime - LEAP),
      l: () => go(film.currentTime + LEAP),
      m: () => (film.muted = !film.muted),
      f: () => film.full(),
      ',': () => film.step(-1),
      '.': () => film.step(1),
      Home: () => go(0),
      End: () => go(end),
    };
    // A button that has the focus is pressed by the space bar itself.
    if (!(target instanceof HTMLButtonElement)) works[' '] = () => film.toggle();
    if (target !== this.#volume) {
      works.ArrowLeft = () => go(film.currentTime - ARROW);
      works.ArrowRight = () => go(film.currentTime + ARROW);
      works.ArrowUp = () => louder(0.05);
      works.ArrowDown = () => louder(-0.05);
    }
    const work = /^\d$/.test(event.key) ? () => go((Number(event.key) / 10) * end) : works[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (work === undefined) return false;
    event.preventDefault();
    work();
    this.wake();
    return true;
  }
}

/** Seconds as they are read: 1:05, or 1:00:05. */
export function clock(seconds: number): string {
  const whole = Math.floor(Number.isFinite(seconds) ? seconds + 1e-6 : 0);
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** An element of this class with these attributes. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  name: string,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = name;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function button(outline: string, part: string): HTMLButtonElement {
  const made = element('button', part, {type: 'button', part});
  made.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path/></svg>';
  made.querySelector('path')?.setAttribute('d', outline);
  return made;
}

function sign(of: HTMLButtonElement, outline: string, label: string): void {
  if (of.getAttribute('aria-label') === label) return;
  of.setAttribute('aria-label', label);
  of.title = label;
  of.querySelector('path')?.setAttribute('d', outline);
}

function slider(name: string, label: string, step: string): HTMLInputElement {
  return element('input', name, {type: 'range', min: '0', step, value: '0', 'aria-label': label, part: name});
}

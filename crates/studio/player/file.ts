import type {Engine, Failure, Tell} from './engine.js';

/** What a video element tells that a player tells too. */
const EVENTS = [
  'loadstart', 'durationchange', 'loadedmetadata', 'loadeddata', 'progress', 'canplay', 'canplaythrough',
  'play', 'playing', 'pause', 'timeupdate', 'seeking', 'seeked', 'waiting', 'stalled', 'ended',
  'volumechange', 'ratechange', 'resize', 'error',
];

/** Plays a finished file, as far as the browser can. */
export class FileEngine implements Engine {
  public readonly view = document.createElement('video');
  public readonly fps = null;

  public constructor(
    private readonly src: string,
    preload: string,
    crossOrigin: string | null,
    tell: Tell,
  ) {
    this.view.playsInline = true;
    this.view.crossOrigin = crossOrigin;
    this.view.preload = preload as 'auto' | 'metadata' | 'none' | '';
    for (const event of EVENTS) this.view.addEventListener(event, () => tell(event));
    this.view.src = src;
  }

  public get duration(): number {
    return this.view.duration;
  }

  public get paused(): boolean {
    return this.view.paused;
  }

  public get ended(): boolean {
    return this.view.ended;
  }

  public get seeking(): boolean {
    return this.view.seeking;
  }

  public get readyState(): number {
    return this.view.readyState;
  }

  public get videoWidth(): number {
    return this.view.videoWidth;
  }

  public get videoHeight(): number {
    return this.view.videoHeight;
  }

  public get error(): Failure | null {
    const {error} = this.view;
    if (error === null) return null;
    const isList = /\.m3u8([?#]|$)/i.test(this.src);
    const words: Record<number, string> = {
      1: 'Fetching the film was given up.',
      2: 'The film broke off while it was fetched.',
      3: 'The film is damaged, or the browser cannot decode it.',
      4: isList
        ? 'There is no film at this address, or this browser plays no HLS lists.'
        : 'There is no film at this address, or this browser does not play its kind.',
    };
    return {code: error.code as Failure['code'], message: words[error.code] ?? error.message};
  }

  public get currentTime(): number {
    return this.view.currentTime;
  }

  public set currentTime(seconds: number) {
    this.view.currentTime = seconds;
  }

  public get volume(): number {
    return this.view.volume;
  }

  public set volume(volume: number) {
    this.view.volume = volume;
  }

  public get muted(): boolean {
    return this.view.muted;
  }

  public set muted(muted: boolean) {
    this.view.muted = muted;
  }

  public get playbackRate(): number {
    return this.view.playbackRate;
  }

  public set playbackRate(rate: number) {
    this.view.playbackRate = rate;
  }

  public get loop(): boolean {
    return this.view.loop;
  }

  public set loop(loop: boolean) {
    this.view.loop = loop;
  }

  public play(): Promise<void> {
    return this.view.play();
  }

  public pause(): void {
    this.view.pause();
  }

  public close(): void {
    this.view.pause();
    this.view.removeAttribute('src');
    this.view.load();
  }
}

import {Connection} from './connection.js';
import type {Engine, Failure, Tell} from './engine.js';
import type {Footage} from './footage.js';
import {Pictures} from './pictures.js';
import {Player} from './player.js';
import {Sound} from './sound.js';

/** What of a studio's state matters here. */
interface State {
  take: {id: number; first: number; frames: number; fps: number; width: number; height: number; sounds?: boolean} | null;
  fault: {message: string} | null;
}

/** Plays what a studio shows, frame by frame, as it is written. */
export class StudioEngine implements Engine, Footage {
  public readonly view = document.createElement('canvas');
  public take: State['take'] = null;
  public error: Failure | null = null;
  public ended = false;
  public seeking = false;
  readonly #player: Player;
  readonly #hangUp: () => void;
  #wasPlaying = false;
  #frame = -1;
  /** Who wants to play once there is a film. */
  #waits: (() => void)[] = [];
  #stops = false;

  public constructor(
    address: string,
    private tell: Tell,
  ) {
    const base = new URL(address, document.baseURI);
    if (!base.pathname.endsWith('/')) base.pathname += '/';
    const studio = new Connection(new URL('api/', base));
    this.#player = new Player(this, new Pictures(this, studio), new Sound(studio));
    this.#player.loops = false;
    this.#player.width = () => Math.ceil(this.view.clientWidth * devicePixelRatio) || undefined;
    this.#player.changed = () => this.#changed();
    this.#player.show = picture => this.#show(picture);
    this.#player.failed = message => this.#fail({code: 2, message});
    this.#hangUp = studio.listen<State>(
      state => this.#hear(state),
      isThere => {
        if (isThere) this.#fail(null);
        else this.#fail({code: 2, message: `No studio answers at ${base.origin}, or it does not answer pages of this site (--allow-origin).`});
      },
    );
  }

  public get fps(): number {
    return this.take?.fps ?? 30;
  }

  public get first(): number {
    return this.take?.first ?? 0;
  }

  public get end(): number {
    return this.first + (this.take?.frames ?? 0);
  }

  public clamp(frame: number): number {
    return Math.max(this.first, Math.min(frame, this.end - 1));
  }

  public get duration(): number {
    return this.take === null ? NaN : this.take.frames / this.take.fps;
  }

  public get paused(): boolean {
    return !this.#player.playing && this.#waits.length === 0;
  }

  public get readyState(): number {
    return this.take === null ? 0 : 4;
  }

  public get videoWidth(): number {
    return this.take?.width ?? 0;
  }

  public get videoHeight(): number {
    return this.take?.height ?? 0;
  }

  public get currentTime(): number {
    if (this.take === null) return 0;
    return this.ended ? this.duration : (this.#player.frame - this.first) / this.fps;
  }

  public set currentTime(seconds: number) {
    if (this.take === null) return;
    this.ended = false;
    this.seeking = true;
    this.tell('seeking');
    // A time that was made of a frame's number is that frame's.
    this.#player.seek(this.first + Math.floor(seconds * this.fps + 1e-6));
    this.tell('timeupdate');
  }

  public get volume(): number {
    return this.#player.volume;
  }

  public set volume(volume: number) {
    this.#player.setVolume(volume, this.#player.muted);
    this.tell('volumechange');
  }

  public get muted(): boolean {
    return this.#player.muted;
  }

  public set muted(muted: boolean) {
    this.#player.setVolume(this.#player.volume, muted);
    this.tell('volumechange');
  }

  public get playbackRate(): number {
    return this.#player.speed;
  }

  public set playbackRate(rate: number) {
    this.#player.speed = rate;
    if (this.#player.playing) void this.#player.play(rate);
    this.tell('ratechange');
  }

  public get loop(): boolean {
    return this.#player.loops;
  }

  public set loop(loop: boolean) {
    this.#player.loops = loop;
  }

  public async play(): Promise<void> {
    if (this.take === null) await new Promise<void>(resolve => this.#waits.push(resolve));
    this.ended = false;
    await this.#player.play();
  }

  public pause(): void {
    this.#stops = true;
    this.#player.pause();
    this.#stops = false;
  }

  public close(): void {
    this.#hangUp();
    this.pause();
    this.tell = () => {};
  }

  #hear({take, fault}: State): void {
    const before = this.take;
    this.take = take;
    this.#fail(fault && {code: 4, message: fault.message});
    if (take === null) return;
    if (before?.frames !== take.frames || before.fps !== take.fps) this.tell('durationchange');
    if (before?.width !== take.width || before.height !== take.height) {
      this.view.width = take.width;
      this.view.height = take.height;
      this.tell('resize');
    }
    if (before?.id === take.id) return;
    if (before === null) {
      this.tell('loadedmetadata');
      this.#player.seek(take.first);
    } else if (this.#player.playing) void this.#player.play();
    else this.#player.seek(this.#player.frame);
    for (const play of this.#waits.splice(0)) play();
  }

  #show(picture: ImageBitmap): void {
    const pen = this.view.getContext('2d');
    pen?.clearRect(0, 0, this.view.width, this.view.height);
    pen?.drawImage(picture, 0, 0, this.view.width, this.view.height);
    if (this.#frame < 0) {
      this.#frame = 0;
      this.tell('loadeddata');
      this.tell('canplay');
    }
    if (this.seeking) {
      this.seeking = false;
      this.tell('seeked');
    }
  }

  #changed(): void {
    const {playing, frame} = this.#player;
    if (playing !== this.#wasPlaying) {
      this.#wasPlaying = playing;
      if (!playing) {
        this.ended = !this.#stops && frame === this.end - 1;
        this.tell('pause');
        if (this.ended) this.tell('ended');
      } else {
        this.tell('play');
        this.tell('playing');
      }
    }
    if (this.#frame >= 0 && frame !== this.#frame) {
      this.#frame = frame;
      this.tell('timeupdate');
    }
  }

  #fail(failure: Failure | null): void {
    if (failure?.message === this.error?.message) return;
    this.error = failure;
    this.tell(failure === null ? 'recover' : 'error');
  }
}

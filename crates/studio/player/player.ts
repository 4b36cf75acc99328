import type {Footage} from './footage.js';
import type {Pictures} from './pictures.js';
import type {Sound} from './sound.js';

/** Pictures that are asked for at once while the film plays. */
const MOST_ASKED = 3;
/** Milliseconds without a change after which a frame is shown as it is. */
const STILL = 90;

/** Where the film is and how it runs. */
export class Player {
  public frame = 0;
  public playing = false;
  /** Frames of film a frame of time; less than 0 is backwards. */
  public speed = 1;
  public loops = true;
  public muted = false;
  public volume = 1;
  /** Whether every frame is shown, however long it takes, without sound. */
  public everyFrame = false;
  /** The range that is played, if one was chosen; half-open. */
  public range: [number, number] | null = null;
  /** Frames that were passed over since the film was started, and frames shown. */
  public skipped = 0;
  public shown = 0;
  /** Pixels across that are enough for what is seen. */
  public width: () => number | undefined = () => undefined;
  /** Shows a picture. */
  public show: (picture: ImageBitmap, frame: number, exact: boolean) => void = () => {};
  /** Hears of every change. */
  public changed: () => void = () => {};
  /** Hears that a picture could not be had. */
  public failed: (message: string) => void = () => {};

  /** The clock's time at which `#origin` was on. */
  #started = 0;
  #origin = 0;
  #bySound = false;
  #asked = new Set<number>();
  #nextAsk = 0;
  #ready: {frame: number; picture: ImageBitmap}[] = [];
  #lastShown = -1;
  #latency = 0.05;
  #abort: AbortController | null = null;
  #still = 0;
  #run = 0;

  public constructor(
    private readonly film: Footage,
    private readonly pictures: Pictures,
    private readonly sound: Sound,
  ) {}

  /** The frames that are played: the range that was chosen, or all. */
  public get bounds(): [number, number] {
    const [first, end] = [this.film.first, this.film.end];
    if (this.range === null) return [first, end];
    const from = Math.max(first, Math.min(this.range[0], end - 1));
    return [from, Math.max(from + 1, Math.min(this.range[1], end))];
  }

  /** Goes to a frame. */
  public seek(frame: number): void {
    this.frame = this.film.clamp(Math.round(frame));
    if (this.playing) this.#begin();
    else {
      this.skipped = this.shown = 0;
      this.refresh();
    }
    this.changed();
  }

  public async play(speed = this.speed): Promise<void> {
    if (this.film.take === null) return;
    const [from, to] = this.bounds;
    this.speed = speed;
    if (speed > 0 && (this.frame >= to - 1 || this.frame < from)) this.frame = from;
    if (speed < 0 && (this.frame <= from || this.frame >= to)) this.frame = to - 1;
    this.playing = true;
    this.skipped = this.shown = 0;
    this.changed();
    await this.sound.wake();
    if (this.playing) this.#begin();
  }

  public pause(): void {
    if (!this.playing) return;
    this.playing = false;
    this.#run++;
    this.sound.stop();
    this.refresh();
    this.changed();
  }

  public toggle(): void {
    if (this.playing) this.pause();
    else void this.play(Math.abs(this.speed) === 0 ? 1 : this.speed);
  }

  /** What J and L do: play that way, and faster each time. */
  public shuttle(direction: 1 | -1): void {
    const faster = this.playing && Math.sign(this.speed) === direction;
    void this.play(direction * (faster ? Math.min(8, Math.abs(this.speed) * 2) : 1));
  }

  public setVolume(volume: number, muted: boolean): void {
    this.volume = volume;
    this.muted = muted;
    this.sound.volume = muted ? 0 : volume;
    this.changed();
  }

  /** Shows the present frame: soon in the size that is seen, then exactly. */
  public refresh(): void {
    if (this.playing || this.film.take === null) return;
    this.#abort?.abort();
    clearTimeout(this.#still);
    const abort = (this.#abort = new AbortController());
    const {frame} = this;
    const exact = this.pictures.at(frame, undefined);
    if (exact !== undefined) {
      this.show(exact, frame, true);
      return;
    }
    let isExact = false;
    const fetch = async (width: number | undefined) => {
      try {
        const picture = await this.pictures.get(frame, width, abort.signal);
        // The quick picture may come last.
        if (abort.signal.aborted || this.playing || isExact) return;
        isExact = width === undefined;
        this.show(picture, frame, isExact);
      } catch (error) {
        if (!abort.signal.aborted) this.failed((error as Error).message);
      }
    };
    void fetch(this.width());
    this.#still = window.setTimeout(() => void fetch(undefined), STILL);
  }

  /** Starts from the present frame. */
  #begin(): void {
    const run = ++this.#run;
    this.#abort?.abort();
    clearTimeout(this.#still);
    const [, to] = this.bounds;
    const {fps, first} = this.film;
    this.#origin = this.frame;
    this.#nextAsk = this.frame;
    this.#asked.clear();
    this.#ready = [];
    this.#lastShown = this.frame - Math.sign(this.speed);
    const sounds = this.speed > 0 && !this.everyFrame && this.film.take?.sounds === true;
    this.#bySound = sounds && this.sound.isAwake;
    // The first picture is not here yet.
    const delay = Math.min(0.3, this.#latency);
    this.#started = this.#now() + delay;
    this.sound.stop();
    if (this.#bySound) {
      const seconds = (frame: number) => (frame - first) / fps;
      this.sound.play(seconds(this.frame), seconds(to), this.speed, this.#started);
    }
    const tick = () => {
      if (run !== this.#run || !this.playing) return;
      this.#tick(run);
      requestAnimationFrame(tick);
    };
    tick();
  }

  #now(): number {
    return this.#bySound ? this.sound.now : performance.now() / 1000;
  }

  #tick(run: number): void {
    const [from, to] = this.bounds;
    const direction = Math.sign(this.speed);
    const passed = Math.max(0, this.#now() - this.#started) * this.film.fps * Math.abs(this.speed);
    const due = this.everyFrame
      ? this.#lastShown + direction
      : this.#origin + direction * Math.floor(passed + 1e-3);
    const ahead = (frame: number) => (frame - due) * direction;
    // What is due and here is shown: the latest of it.
    this.#ready.sort((a, b) => (a.frame - b.frame) * direction);
    while (this.#ready.length > 1 && ahead(this.#ready[1].frame) <= 0) this.#ready.shift();
    const ready = this.#ready[0];
    if (ready !== undefined && ahead(ready.frame) <= 0) {
      this.#ready.shift();
      const step = (ready.frame - this.#lastShown) * direction;
      this.skipped += Math.max(0, step - 1);
      this.shown++;
      this.#lastShown = ready.frame;
      this.frame = ready.frame;
      this.show(ready.picture, ready.frame, false);
      this.changed();
    }
    const over = direction > 0 ? due >= to : due < from;
    if (over && (this.everyFrame ? this.#asked.size === 0 && this.#ready.length === 0 : true)) {
      this.#over(from, to);
      return;
    }
    this.#askAhead(run, due, direction, from, to);
  }

  #over(from: number, to: number): void {
    if (this.loops) {
      this.frame = this.speed > 0 ? from : to - 1;
      this.#begin();
    } else {
      this.frame = this.speed > 0 ? to - 1 : from;
      this.pause();
    }
  }

  #askAhead(run: number, due: number, direction: number, from: number, to: number): void {
    // A picture that would come too late is not asked for.
    const lead = this.everyFrame ? 0 : Math.ceil(this.#latency * this.film.fps * Math.abs(this.speed));
    const earliest = due + direction * (this.#lastShown === this.#origin - direction ? 0 : Math.min(lead, 8));
    if (!this.everyFrame && (this.#nextAsk - earliest) * direction < 0) this.#nextAsk = earliest;
    const stride = Math.max(1, Math.floor(Math.abs(this.speed)));
    while (this.#asked.size + this.#ready.length < MOST_ASKED * 3 && this.#asked.size < MOST_ASKED) {
      const frame = this.#nextAsk;
      if (frame < from || frame >= to) return;
      this.#nextAsk += direction * (this.everyFrame ? 1 : stride);
      this.#asked.add(frame);
      const started = performance.now();
      this.pictures.get(frame, this.width()).then(
        picture => {
          if (run !== this.#run) return;
          this.#asked.delete(frame);
          this.#ready.push({frame, picture});
          this.#latency = this.#latency * 0.8 + ((performance.now() - started) / 1000) * 0.2;
        },
        error => {
          if (run !== this.#run) return;
          this.#asked.delete(frame);
          this.failed((error as Error).message);
          this.pause();
        },
      );
    }
  }
}

import {clamp, isReactive, unwrap, useLogger, useThread} from '@revideo/core';
import type {AssetInfo, SignalValue, SimpleSignal, Thread} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {loadAsset} from '../native/loadAsset';
import {Epoch} from '../native/epoch';
import {nodeKind} from '../native/nodeKind';
import type {NodeState} from './NodeProps';
import {Rect} from './Rect';
import type {RectProps} from './Rect';

export interface MediaProps extends RectProps {
  src?: SignalValue<string>;
  /** Whether to play from the start. */
  play?: boolean;
  /** Seconds in the file. */
  time?: SignalValue<number>;
  loop?: SignalValue<boolean>;
  playbackRate?: number;
  /** Whether the pitch is kept at other rates, as it is by default; else it goes with the speed. */
  preservesPitch?: SignalValue<boolean>;
  /** 1 leaves it; more is louder. Where it changes, the sound fades from frame to frame. */
  volume?: SignalValue<number>;
  awaitCanPlay?: SignalValue<boolean>;
  allowVolumeAmplificationInPreview?: SignalValue<boolean>;
}

let made = 0;

/** The sources that there are not and of which that was told. */
const missing = new Set<string>();

/** How a playing file's time follows a thread's clock. */
interface Anchor {
  thread: Thread;
  /** The thread's time when playing began. */
  start: number;
  /** The file's time then. */
  offset: number;
  rate: number;
  /** The file's time when it began to play after it last stood; what lies before is never played. */
  from: number;
  /** What `time` was set to; once it is set to something else, that counts. */
  follow: () => number;
}

/** Seconds by which a picture's time may be rounded; a loop's end is met by as much. */
const ROUNDING = 0.0005;

/** The slowest and the fastest that sound can be played. */
const SLOWEST = 0.01;
const FASTEST = 100;

/**
 * A file that runs in time.
 *
 * While it plays its time follows the clock of the thread that started it; when that thread ends,
 * it stands still.
 */
@nodeName('Media')
@nodeKind('rect')
export abstract class Media extends Rect {
  /** A URL, a `data:` URL, or a path below `public/`. */
  @initial('')
  @signal()
  declare public readonly src: SimpleSignal<string, this>;
  @initial(false)
  @signal()
  declare public readonly loop: SimpleSignal<boolean, this>;
  @initial(1)
  @signal()
  declare public readonly playbackRate: SimpleSignal<number, this>;
  /** Whether the pitch is kept at other rates, as of an `HTMLMediaElement`. */
  @initial(true)
  @signal()
  declare public readonly preservesPitch: SimpleSignal<boolean, this>;
  @initial(true)
  @signal()
  declare public readonly awaitCanPlay: SimpleSignal<boolean, this>;
  @initial(false)
  @signal()
  declare public readonly allowVolumeAmplificationInPreview: SimpleSignal<boolean, this>;
  /** Seconds in the file, before looping and clamping. */
  @initial(0)
  @signal()
  declare protected readonly time: SimpleSignal<number, this>;

  /** What computes the time of the frame being drawn, by what computes the time that tasks see. */
  private static readonly $$drawn = new WeakMap<() => number, () => number>();

  /** Volume for the film when the node was made. */
  protected readonly volume: number;
  /** Volume for the film, as it was given. */
  private readonly $$level: SignalValue<number>;
  /** Counts the media nodes as they were made. */
  public readonly $$serial: number = ++made;
  private $$previewVolume: number;
  private $$warnedOf: Set<string> | null = null;
  /** The calls that led to this node, where they may have to be told. */
  declare private $$madeAt: string | undefined;
  declare private playing: boolean | undefined;
  declare private $$anchor: Anchor | undefined;
  declare private $$frameClock: Epoch | undefined;

  public constructor(props: MediaProps = {}) {
    super(props);
    if (__kinora.onMissing !== 'error') this.$$madeAt = new Error().stack;
    this.$$level = props.volume ?? 1;
    this.volume = this.$$volume();
    this.$$previewVolume = this.volume;
    this.$$checkedTime(unwrap(props.time) ?? 0);
    if (!this.src()) {
      useLogger().warn({
        message: `\`${this.key}\` has no \`src\`: there is nothing to play`,
        inspect: this.key,
      });
    }
    if (props.play) this.play();
  }

  /** Starts, or starts anew from the present time. */
  public play(): void {
    const thread = useThread();
    const clock = thread.time;
    const start = clock();
    const offset = this.$$checkedTime(this.time());
    const rate = this.playbackRate();
    this.$$checkRate(rate);
    // What goes on at another speed goes on from where it began.
    const before = this.playing && this.$$anchor && this.$$anchor.rate > 0 === rate > 0 ? this.$$anchor.from : offset;
    const from = rate > 0 ? Math.min(before, offset) : Math.max(before, offset);
    this.playing = true;
    this.$$scene.$$playMedia(this as any, true);
    const follow = () => this.clampTime(offset + (clock() - start) * rate);
    const anchor: Anchor = {thread, start, offset, rate, from, follow};
    Media.$$drawn.set(follow, () => {
      const time = this.$$played(anchor);
      return this.$$turned(rate > 0 ? Math.max(time, from) : Math.min(time, from));
    });
    this.$$anchor = anchor;
    this.time(follow);
  }

  /** Stops at the present time. */
  public pause(): void {
    this.playing = false;
    this.$$scene.$$playMedia(this as any, false);
    this.time.save();
    this.$$anchor = undefined;
  }

  public isPlaying(): boolean {
    return this.playing === true;
  }

  /** Seconds in the file, looped and clamped. */
  public getCurrentTime(): number {
    return this.clampTime(this.time());
  }

  /** Length of the file in seconds; 0 without a file. */
  public getDuration(): number {
    return this.$$asset()?.duration ?? 0;
  }

  /**
   * Seconds in the file at the start of the frame being drawn; never from before the point from
   * which it is played.
   *
   * The thread's clock passes the frame boundary before the frame is drawn, so that the time a task
   * reads is one frame ahead of it: shown as it is, the file's first frame would never be seen.
   */
  public $$drawnTime(): number {
    const time = this.time();
    const drawn = Media.$$drawn.get(this.time.context.raw() as () => number);
    return this.clampTime(drawn === undefined ? this.$$checkedTime(time) : drawn());
  }

  /** Seconds played at the start of the frame being drawn, before looping and clamping. */
  private $$played({thread, start, offset, rate}: Anchor): number {
    // The frame's start changes when the clock does, and once more when the thread ends.
    (this.$$frameClock ??= new Epoch(this)).track();
    thread.time();
    return offset + (thread.frameTime - start) * rate;
  }

  /** A time of a picture brought within the file; one that is as good as a loop's end is its start. */
  private $$turned(time: number): number {
    const duration = this.getDuration();
    if (!this.loop() || duration <= 0 || time < 0) return this.clampTime(time);
    const rest = time % duration;
    return rest + ROUNDING < duration ? rest : 0;
  }

  /** Has the time of the frame about to be drawn told. */
  public $$frameChanged(): void {
    this.$$frameClock?.raise();
  }

  public getVolume(): number {
    return this.$$previewVolume;
  }

  /** Changes the volume of a preview only: the film keeps the one given to the constructor. */
  public setVolume(volume: number): void {
    this.$$previewVolume = volume;
    this.$$warnOnce(
      '`setVolume` changes the preview only, the film keeps its `volume`',
      'give `volume` a function that reads a signal, `volume={() => level()}`, and change that',
    );
  }

  public getUrl(): string {
    return this.src();
  }

  /** The part played, 0 to 1. */
  public completion(): number {
    const duration = this.getDuration();
    return duration === 0 ? 0 : this.getCurrentTime() / duration;
  }

  /** A time brought within the file: modulo its length if it loops. */
  public clampTime(time: number): number {
    const duration = this.getDuration();
    if (this.loop() && duration > 0) time %= duration;
    return clamp(0, duration, time);
  }

  public override reactiveClone(props: NodeState = {}): this {
    const time = () => this.time();
    Media.$$drawn.set(time, () => this.$$drawnTime());
    return super.reactiveClone({time, ...props});
  }

  public override dispose(): void {
    this.playing = false;
    super.dispose();
  }

  /** What the scene hears of this node now; `null` if that is nothing. */
  public $$assetInfo(): AssetInfo | null {
    const asset = this.$$asset();
    const playbackRate = this.playbackRate();
    if (asset === null || !asset.audio || playbackRate <= 0) return null;
    const volume = this.$$volume();
    if (volume === 0 && !isReactive(this.$$level)) return null;
    const {$$anchor: anchor} = this;
    const {duration} = asset;
    const loops = this.loop() && duration > 0 ? duration : 0;
    const follows = anchor !== undefined && anchor.follow === this.time.context.raw();
    const currentTime = follows ? this.$$played(anchor) : this.$$drawnTime();
    if (loops === 0 && currentTime >= duration) return null;
    return {
      key: String(this.key),
      type: this.$$assetKind(),
      src: this.src(),
      asset: asset.id,
      audio: asset.audio,
      playbackRate,
      preservesPitch: this.preservesPitch(),
      volume,
      currentTime,
      from: follows ? anchor.from : 0,
      loops,
      duration,
    };
  }

  /** Videos come before sounds. */
  public get $$mediaOrder(): number {
    return this.$$assetKind() === 'video' ? 0 : 1;
  }

  protected abstract $$assetKind(): 'video' | 'audio';

  /** The file, as the host knows it. */
  protected $$asset(): NativeAsset | null {
    const src = this.src();
    if (!src) return null;
    const asset = loadAsset(src, this.$$assetKind());
    if (asset.missing !== undefined && !missing.has(src)) {
      missing.add(src);
      const left = this.$$assetKind() === 'audio' ? 'it is silent' : __kinora.onMissing === 'black' ? 'it is black' : 'nothing is seen of it';
      useLogger().warn({
        message: `\`${this.key}\`: ${asset.missing}; ${left} (--on-missing ${__kinora.onMissing})`,
        inspect: this.key,
        stack: this.$$madeAt,
      });
    }
    return asset;
  }

  protected setPlaybackRate(value: SignalValue<number>): void {
    let rate: number;
    if (isReactive(value)) {
      useLogger().warn({
        message: `\`${this.key}\`: \`playbackRate\` cannot be a function; its present value is used`,
        inspect: this.key,
      });
      rate = value();
    } else {
      rate = value;
    }
    this.playbackRate.context.setter(rate);
    if (!this.playing) return;
    this.time.save();
    if (rate === 0) this.pause();
    else this.play();
  }

  /** The volume for the film at present. */
  private $$volume(): number {
    const volume = unwrap(this.$$level);
    if (typeof volume !== 'number' || !Number.isFinite(volume)) {
      throw new Error(`\`${this.key}\`: \`volume\` is ${String(volume)}; it has to be a number`);
    }
    if (volume < 0) this.$$warnOnce(`\`volume\` is ${volume}; 0 is used`, 'volumes are 0 or more, and 1 leaves a sound as it is');
    return Math.max(0, volume);
  }

  private $$checkedTime(time: unknown): number {
    if (typeof time === 'number' && Number.isFinite(time)) return time;
    throw new Error(`\`${this.key}\`: \`time\` is ${shown(time)}; it has to be a number of seconds`);
  }

  /** Tells of speeds at which a sound cannot be heard. */
  private $$checkRate(rate: number): void {
    if (rate === 0 || !this.$$asset()?.audio || this.$$level === 0) return;
    if (rate < 0) {
      this.$$warnOnce(`\`playbackRate\` is ${rate}; its sound is not heard`, 'sound is played forwards only');
    } else if (!(rate >= SLOWEST && rate <= FASTEST)) {
      throw new Error(
        `\`${this.key}\`: \`playbackRate\` is ${String(rate)}; sound can be played at ${SLOWEST} to ${FASTEST} times its speed (with \`volume={0}\` a picture alone at any)`,
      );
    }
  }

  private $$warnOnce(message: string, remarks: string): void {
    this.$$warnedOf ??= new Set();
    if (this.$$warnedOf.has(message)) return;
    this.$$warnedOf.add(message);
    useLogger().warn({message: `\`${this.key}\`: ${message}`, remarks, inspect: this.key});
  }

  protected override collectAsyncResources(): void {
    super.collectAsyncResources();
    this.$$asset();
  }
}

/** A value as a message shows it. */
function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}

import {clamp, isReactive, unwrap, useLogger, useThread} from '@revideo/core';
import type {AssetInfo, SignalValue, SimpleSignal, Thread} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {loadAsset} from '../native/loadAsset';
import {Epoch} from '../native/epoch';
import {nodeKind} from '../native/nodeKind';
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
  /** 1 leaves it; more is louder. */
  volume?: number;
  awaitCanPlay?: SignalValue<boolean>;
  allowVolumeAmplificationInPreview?: SignalValue<boolean>;
}

let made = 0;

/** How a playing file's time follows a thread's clock. */
interface Anchor {
  thread: Thread;
  /** The thread's time when playing began. */
  start: number;
  /** The file's time then. */
  offset: number;
  rate: number;
  /** What `time` was set to; once it is set to something else, that counts. */
  follow: () => number;
}

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

  /** Volume for the film; fixed when the node is made. */
  protected readonly volume: number;
  /** Counts the media nodes as they were made. */
  public readonly $$serial: number = ++made;
  private $$previewVolume: number;
  declare private playing: boolean | undefined;
  declare private $$anchor: Anchor | undefined;
  declare private $$frameClock: Epoch | undefined;

  public constructor(props: MediaProps = {}) {
    super(props);
    const volume = unwrap(props.volume as SignalValue<number> | undefined) ?? 1;
    if (typeof volume !== 'number' || !Number.isFinite(volume)) {
      throw new Error(`\`${this.key}\`: \`volume\` is ${String(volume)}; it has to be a number`);
    }
    this.volume = volume;
    this.$$previewVolume = volume;
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
    const offset = this.time();
    const rate = this.playbackRate();
    this.playing = true;
    this.$$scene.$$playMedia(this as any, true);
    const follow = () => this.clampTime(offset + (clock() - start) * rate);
    this.$$anchor = {thread, start, offset, rate, follow};
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
   * Seconds in the file at the start of the frame being drawn; below 0 if it begins within the frame.
   *
   * The thread's clock passes the frame boundary before the frame is drawn, so that the time a task
   * reads is one frame ahead of it: shown as it is, the file's first frame would never be seen.
   */
  public $$drawnTime(): number {
    const {$$anchor: anchor} = this;
    const time = this.time();
    if (anchor === undefined || anchor.follow !== this.time.context.raw()) return this.clampTime(time);
    // The frame's start changes when the clock does, and once more when the thread ends.
    (this.$$frameClock ??= new Epoch(this)).track();
    anchor.thread.time();
    const drawn = anchor.offset + (anchor.thread.frameTime - anchor.start) * anchor.rate;
    return drawn < 0 ? drawn : this.clampTime(drawn);
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

  public override dispose(): void {
    this.playing = false;
    super.dispose();
  }

  /** What the scene hears of this node now; `null` if that is nothing. */
  public $$assetInfo(): AssetInfo | null {
    const asset = this.$$asset();
    const playbackRate = this.playbackRate();
    if (asset === null || !asset.audio || this.volume <= 0 || playbackRate === 0) return null;
    return {
      key: this.key,
      type: this.$$assetKind(),
      src: this.src(),
      asset: asset.id,
      audio: asset.audio,
      playbackRate,
      volume: this.volume,
      currentTime: this.$$drawnTime(),
      duration: asset.duration,
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
    return src ? loadAsset(src, this.$$assetKind()) : null;
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

  protected override collectAsyncResources(): void {
    super.collectAsyncResources();
    this.$$asset();
  }
}

import type { AssetInfo, SignalValue, SimpleSignal } from '@revideo/core';
import { Rect } from './Rect';
import type { RectProps } from './Rect';
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
/**
 * A file that runs in time.
 *
 * While it plays its time follows the clock of the thread that started it; when that thread ends,
 * it stands still.
 */
export declare abstract class Media extends Rect {
    /** A URL, a `data:` URL, or a path below `public/`. */
    readonly src: SimpleSignal<string, this>;
    readonly loop: SimpleSignal<boolean, this>;
    readonly playbackRate: SimpleSignal<number, this>;
    readonly awaitCanPlay: SimpleSignal<boolean, this>;
    readonly allowVolumeAmplificationInPreview: SimpleSignal<boolean, this>;
    /** Seconds in the file, before looping and clamping. */
    protected readonly time: SimpleSignal<number, this>;
    /** Volume for the film; fixed when the node is made. */
    protected readonly volume: number;
    private $$previewVolume;
    private playing;
    private $$anchor;
    private $$frameClock;
    constructor(props?: MediaProps);
    /** Starts, or starts anew from the present time. */
    play(): void;
    /** Stops at the present time. */
    pause(): void;
    isPlaying(): boolean;
    /** Seconds in the file, looped and clamped. */
    getCurrentTime(): number;
    /** Length of the file in seconds; 0 without a file. */
    getDuration(): number;
    /**
     * Seconds in the file at the start of the frame being drawn; below 0 if it begins within the frame.
     *
     * The thread's clock passes the frame boundary before the frame is drawn, so that the time a task
     * reads is one frame ahead of it: shown as it is, the file's first frame would never be seen.
     */
    $$drawnTime(): number;
    /** Has the time of the frame about to be drawn told. */
    $$frameChanged(): void;
    getVolume(): number;
    /** Changes the volume of a preview only: the film keeps the one given to the constructor. */
    setVolume(volume: number): void;
    getUrl(): string;
    /** The part played, 0 to 1. */
    completion(): number;
    /** A time brought within the file: modulo its length if it loops. */
    clampTime(time: number): number;
    dispose(): void;
    /** What the scene hears of this node now; `null` if that is nothing. */
    $$assetInfo(): AssetInfo | null;
    /** Videos come before sounds. */
    get $$mediaOrder(): number;
    protected abstract $$assetKind(): 'video' | 'audio';
    /** The file, as the host knows it. */
    protected $$asset(): NativeAsset | null;
    protected setPlaybackRate(value: SignalValue<number>): void;
    protected collectAsyncResources(): void;
}

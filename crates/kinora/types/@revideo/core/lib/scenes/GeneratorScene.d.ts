import type { Logger } from '../app/Logger';
import type { PlaybackStatus } from '../app/PlaybackStatus';
import type { Subscribable } from '../events/EventDispatcherBase';
import type { SubscribableValueEvent } from '../events/ValueDispatcher';
import type { Thread } from '../threading/Thread';
import type { Vector2 } from '../types/Vector';
import type { CanvasLike } from './CanvasLike';
import { LifecycleEvents } from './LifecycleEvents';
import type { SceneRenderEvent } from './LifecycleEvents';
import type { AssetInfo } from './NativeScene';
import { Random } from './Random';
import type { CachedSceneData, FullSceneDescription, Scene, SceneDescriptionReload, ThreadGeneratorFactory } from './Scene';
import { Shaders } from './Shaders';
import { Slides } from './Slides';
import { TimeEvents } from './TimeEvents';
import { Variables } from './Variables';
/**
 * A scene that a generator function plays.
 *
 * A kind of scene extends this, makes a fresh view in `reset` (before calling the base's) and
 * implements {@link getView}, {@link $$viewId} and {@link $$flush}.
 */
export declare abstract class GeneratorScene<TView> implements Scene<TView> {
    #private;
    readonly name: string;
    creationStack?: string;
    readonly playback: PlaybackStatus;
    readonly logger: Logger;
    readonly variables: Variables;
    readonly slides: Slides;
    readonly shaders: Shaders;
    readonly lifecycleEvents: LifecycleEvents;
    readonly timeEvents: TimeEvents;
    readonly $$seed: number;
    readonly experimentalFeatures: boolean;
    random: Random;
    firstFrame: number;
    $$transitionDuration: number;
    $$duration: number;
    previousOnTop: boolean | (() => boolean);
    protected resolutionScale: number;
    protected size: Vector2;
    constructor(description: FullSceneDescription<ThreadGeneratorFactory<TView>>);
    abstract getView(): TView;
    abstract $$viewId(): number;
    abstract $$flush(): void;
    getMediaAssets(): AssetInfo[];
    stopAllMedia(): void;
    /** Called after the root generator has been resumed, within the scene's context. */
    update(): void;
    /** What the last dry run found out. */
    get onCacheChanged(): SubscribableValueEvent<CachedSceneData>;
    get onReloaded(): Subscribable<void>;
    get onRecalculated(): Subscribable<void>;
    /** The thread of the scene's own function. */
    get onThreadChanged(): SubscribableValueEvent<Thread | null>;
    /** Every moment of every drawing; the subscriptions end when the scene is reset. */
    get onRenderLifecycle(): Subscribable<[SceneRenderEvent, CanvasLike]>;
    /** @deprecated Use `lifecycleEvents`. */
    get LifecycleEvents(): LifecycleEvents;
    /** When the scene starts over; after this its variables and lifecycle subscriptions are gone. */
    get onReset(): Subscribable<void>;
    get lastFrame(): number;
    get previous(): Scene | null;
    get thread(): Thread | null;
    getSize(): Vector2;
    getRealSize(): Vector2;
    isCached(): boolean;
    reload({ config, size, stack, resolutionScale }?: SceneDescriptionReload<ThreadGeneratorFactory<TView>>): void;
    recalculate(setFrame: (frame: number) => void): Promise<void>;
    /** There is no canvas here: rejects. */
    render(_context: unknown): Promise<void>;
    /** There is no sound to be played while a film is made: does nothing. */
    adjustVolume(_volumeScale: number): void;
    next(): Promise<void>;
    reset(previous?: Scene | null): Promise<void>;
    enterInitial(): void;
    enterAfterTransitionIn(): void;
    enterCanTransitionOut(): void;
    isAfterTransitionIn(): boolean;
    canTransitionOut(): boolean;
    isFinished(): boolean;
    /** Runs `callback` as this scene: `useScene()` and `usePlayback()` work in it. */
    execute<T>(callback: () => T): T;
}

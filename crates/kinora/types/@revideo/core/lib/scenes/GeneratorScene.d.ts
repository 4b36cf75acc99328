import type { Logger } from '../app/Logger';
import type { PlaybackStatus } from '../app/PlaybackStatus';
import type { Subscribable } from '../events/EventDispatcherBase';
import type { Thread } from '../threading/Thread';
import type { Vector2 } from '../types/Vector';
import { LifecycleEvents } from './LifecycleEvents';
import type { AssetInfo } from './NativeScene';
import { Random } from './Random';
import type { FullSceneDescription, Scene, ThreadGeneratorFactory } from './Scene';
import { Shaders } from './Shaders';
import { Slides } from './Slides';
import { Variables } from './Variables';
/**
 * A scene that a generator function plays.
 *
 * A kind of scene extends this, makes a fresh view in `reset` (before calling the base's) and
 * implements {@link getView}, {@link viewId} and {@link flush}.
 */
export declare abstract class GeneratorScene<TView> implements Scene<TView> {
    readonly name: string;
    readonly playback: PlaybackStatus;
    readonly logger: Logger;
    readonly variables: Variables;
    readonly slides: Slides;
    readonly shaders: Shaders;
    readonly lifecycleEvents: LifecycleEvents;
    readonly experimentalFeatures: boolean;
    random: Random;
    firstFrame: number;
    transitionDuration: number;
    duration: number;
    previousOnTop: boolean | (() => boolean);
    protected resolutionScale: number;
    protected size: Vector2;
    private readonly resetEvent;
    private readonly factory;
    private previousScene;
    private runner;
    private rootThread;
    private state;
    constructor(description: FullSceneDescription<ThreadGeneratorFactory<TView>>);
    abstract getView(): TView;
    abstract viewId(): number;
    abstract flush(): void;
    getMediaAssets(): AssetInfo[];
    stopAllMedia(): void;
    /** Called after the root generator has been resumed, within the scene's context. */
    update(): void;
    /** When the scene starts over; after this its variables and lifecycle subscriptions are gone. */
    get onReset(): Subscribable<void>;
    get lastFrame(): number;
    get previous(): Scene | null;
    get thread(): Thread | null;
    getSize(): Vector2;
    getRealSize(): Vector2;
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
    private resume;
    private awaitResources;
    private warnState;
    /** Calls the scene's function. */
    private start;
}

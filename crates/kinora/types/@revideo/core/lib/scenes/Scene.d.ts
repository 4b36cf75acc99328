import type { Logger } from '../app/Logger';
import type { PlaybackStatus } from '../app/PlaybackStatus';
import type { Plugin } from '../plugin/Plugin';
import type { Thread } from '../threading/Thread';
import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { Vector2 } from '../types/Vector';
import type { LifecycleEvents } from './LifecycleEvents';
import type { NativeScene } from './NativeScene';
import type { Random } from './Random';
import type { Shaders } from './Shaders';
import type { Slides } from './Slides';
import type { Variables } from './Variables';
/** Makes the generator of a scene; called with the scene's view. */
export interface ThreadGeneratorFactory<T> {
    (view: T): ThreadGenerator;
}
/** The constructor of a kind of scene. */
export interface SceneConstructor<T> {
    new (description: FullSceneDescription<T>): Scene;
}
/** A scene as the project file states it. */
export interface SceneDescription<T = any> {
    name: string;
    klass: SceneConstructor<T>;
    config: T;
    stack?: string;
    plugins?: (string | Plugin)[];
}
/** A scene together with how it is to be played. */
export interface FullSceneDescription<T = any> extends SceneDescription<T> {
    /** Pixels before scaling. */
    size: Vector2;
    resolutionScale: number;
    playback: PlaybackStatus;
    logger: Logger;
    sharedWebGLContext?: unknown;
    experimentalFeatures?: boolean;
}
/** A scene as `useScene()` gives it. */
export interface Scene<TView = any> extends NativeScene {
    readonly name: string;
    readonly playback: PlaybackStatus;
    readonly logger: Logger;
    readonly variables: Variables;
    readonly slides: Slides;
    readonly shaders: Shaders;
    readonly lifecycleEvents: LifecycleEvents;
    readonly random: Random;
    readonly experimentalFeatures: boolean;
    /** First frame in the project. */
    firstFrame: number;
    /** Frame in the project at which the scene ends; the first frame as long as that is not known. */
    readonly lastFrame: number;
    /** Frames of the transition into this scene. */
    transitionDuration: number;
    /** Frames, once known. */
    duration: number;
    readonly previous: Scene | null;
    /** Whether the scene before this one is drawn above it during the transition. */
    previousOnTop: boolean | (() => boolean);
    /** Pixels before scaling. */
    getSize(): Vector2;
    /** Pixels of the film. */
    getRealSize(): Vector2;
    getView(): TView;
    /** Plays one frame. */
    next(): Promise<void>;
    /** Starts over and plays up to the first frame. */
    reset(previous?: Scene | null): Promise<void>;
    enterInitial(): void;
    enterAfterTransitionIn(): void;
    enterCanTransitionOut(): void;
    isAfterTransitionIn(): boolean;
    canTransitionOut(): boolean;
    isFinished(): boolean;
    readonly thread: Thread | null;
}

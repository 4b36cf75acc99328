import type {Logger} from '../app/Logger';
import type {PlaybackStatus} from '../app/PlaybackStatus';
import type {Subscribable} from '../events/EventDispatcherBase';
import type {SubscribableValueEvent} from '../events/ValueDispatcher';
import type {Plugin} from '../plugin/Plugin';
import type {Thread} from '../threading/Thread';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import type {Vector2} from '../types/Vector';
import type {CanvasLike} from './CanvasLike';
import type {LifecycleEvents, SceneRenderEvent} from './LifecycleEvents';
import type {NativeScene} from './NativeScene';
import type {Random} from './Random';
import type {SceneMeta} from './SceneMeta';
import type {Shaders} from './Shaders';
import type {Slides} from './Slides';
import type {TimeEvents} from './TimeEvents';
import type {Variables} from './Variables';

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
  /** What stands beside the scene's file. */
  meta?: SceneMeta;
}

/** The description that makes scenes of a kind. */
export type DescriptionOf<TScene> = TScene extends Scene<infer TView>
  ? SceneDescription<ThreadGeneratorFactory<TView>>
  : never;

/** What of a scene may change between two runs. */
export interface SceneDescriptionReload<T = any> {
  /** Pixels before scaling. */
  size?: Vector2;
  resolutionScale?: number;
  config?: T;
  stack?: string;
}

/** What a dry run found out about a scene; all in frames. */
export interface CachedSceneData {
  firstFrame: number;
  lastFrame: number;
  transitionDuration: number;
  duration: number;
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
  /** Where the scene was described. */
  readonly creationStack?: string;
  readonly playback: PlaybackStatus;
  readonly logger: Logger;
  readonly variables: Variables;
  readonly slides: Slides;
  readonly shaders: Shaders;
  readonly lifecycleEvents: LifecycleEvents;
  readonly timeEvents: TimeEvents;
  /** The file that keeps what its author moves. */
  readonly $$metaPath?: string;
  /** Where the scene's random numbers begin. */
  readonly $$seed: number;
  readonly random: Random;
  readonly experimentalFeatures: boolean;
  /** First frame in the project. */
  firstFrame: number;
  /** Frame in the project at which the scene ends; the first frame as long as that is not known. */
  readonly lastFrame: number;
  /** Frames of the transition into this scene. */
  $$transitionDuration: number;
  /** Frames, once known. */
  $$duration: number;
  readonly previous: Scene | null;
  /** Whether the scene before this one is drawn above it during the transition. */
  previousOnTop: boolean | (() => boolean);
  /** Pixels before scaling. */
  getSize(): Vector2;
  /** Pixels of the film. */
  getRealSize(): Vector2;
  getView(): TView;
  /** What the last dry run found out. */
  readonly onCacheChanged: SubscribableValueEvent<CachedSceneData>;
  /** When {@link reload} was called. */
  readonly onReloaded: Subscribable<void>;
  /** When a dry run has ended. */
  readonly onRecalculated: Subscribable<void>;
  /** When the scene starts over. */
  readonly onReset: Subscribable<void>;
  /** Every moment of every drawing. */
  readonly onRenderLifecycle: Subscribable<[SceneRenderEvent, CanvasLike]>;
  /** Whether a dry run has told its length. */
  isCached(): boolean;
  /** Changes what the scene is played with from the next reset on. */
  reload(description?: SceneDescriptionReload): void;
  /** Plays the scene through to learn its length, from the playback's present frame on. */
  recalculate(setFrame: (frame: number) => void): Promise<void>;
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

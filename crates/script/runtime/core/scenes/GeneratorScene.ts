import type {Logger} from '../app/Logger';
import type {PlaybackStatus} from '../app/PlaybackStatus';
import {EventDispatcher} from '../events/EventDispatcher';
import type {Subscribable} from '../events/EventDispatcherBase';
import {ValueDispatcher} from '../events/ValueDispatcher';
import type {SubscribableValueEvent} from '../events/ValueDispatcher';
import {DependencyContext} from '../signals/DependencyContext';
import type {PromiseHandle} from '../signals/DependencyContext';
import {EffectContext} from '../signals/EffectContext';
import {isPromisable, isPromise, isThreadGenerator} from '../threading/ThreadGenerator';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import type {Thread} from '../threading/Thread';
import {threads} from '../threading/threads';
import type {Vector2} from '../types/Vector';
import {endPlayback, startPlayback} from '../utils/usePlayback';
import {endScene, startScene} from '../utils/useScene';
import {unavailable} from '../utils/unavailable';
import type {CanvasLike} from './CanvasLike';
import {LifecycleEvents} from './LifecycleEvents';
import type {SceneRenderEvent} from './LifecycleEvents';
import type {AssetInfo} from './NativeScene';
import {Random} from './Random';
import type {
  CachedSceneData,
  FullSceneDescription,
  Scene,
  SceneDescriptionReload,
  ThreadGeneratorFactory,
} from './Scene';
import {SceneState} from './SceneState';
import {Shaders} from './Shaders';
import {Slides} from './Slides';
import {TimeEvents} from './TimeEvents';
import {Variables} from './Variables';

/**
 * A scene that a generator function plays.
 *
 * A kind of scene extends this, makes a fresh view in `reset` (before calling the base's) and
 * implements {@link getView} and what {@link NativeScene} asks for.
 */
export abstract class GeneratorScene<TView> implements Scene<TView> {
  public readonly name: string;
  public creationStack?: string;
  public readonly playback: PlaybackStatus;
  public readonly logger: Logger;
  public readonly variables: Variables;
  public readonly slides: Slides;
  public readonly shaders: Shaders;
  public readonly lifecycleEvents: LifecycleEvents;
  public readonly timeEvents: TimeEvents;
  public readonly $$metaPath: string | undefined;
  public readonly $$seed: number;
  public readonly experimentalFeatures: boolean;
  public random: Random;
  public firstFrame = 0;
  public $$transitionDuration = -1;
  public $$duration = 0;
  public previousOnTop: boolean | (() => boolean) = false;

  protected resolutionScale: number;
  protected size: Vector2;

  readonly #cache = new ValueDispatcher<CachedSceneData>({
    firstFrame: 0,
    lastFrame: 0,
    transitionDuration: 0,
    duration: 0,
  });
  readonly #reloadEvent = new EventDispatcher<void>();
  readonly #recalculateEvent = new EventDispatcher<void>();
  readonly #resetEvent = new EventDispatcher<void>();
  readonly #root = new ValueDispatcher<Thread | null>(null);
  #cached = false;
  #factory: ThreadGeneratorFactory<TView>;
  #previousScene: Scene | null = null;
  #runner: ThreadGenerator | null = null;
  #state = SceneState.Initial;

  public constructor(description: FullSceneDescription<ThreadGeneratorFactory<TView>>) {
    this.name = description.name;
    this.creationStack = description.stack;
    this.size = description.size;
    this.resolutionScale = description.resolutionScale;
    this.playback = description.playback;
    this.logger = description.logger;
    this.experimentalFeatures = description.experimentalFeatures ?? false;
    this.#factory = description.config;
    this.variables = new Variables(this);
    this.slides = new Slides(this);
    this.shaders = new Shaders(this);
    this.lifecycleEvents = new LifecycleEvents(this);
    this.timeEvents = new TimeEvents(this, description.meta?.timeEvents ?? []);
    this.$$metaPath = description.meta?.path;
    this.$$seed = description.meta?.seed ?? seedOf(description.name);
    this.random = new Random(this.$$seed);
  }

  public abstract getView(): TView;
  public abstract $$viewId(): number;
  public abstract $$flush(): void;

  public $$isDrawing(): boolean {
    return false;
  }

  public async $$drawn(): Promise<void> {}

  public $$drawAround(_around: readonly ((context: any) => void)[] | null): void {}

  public getMediaAssets(): AssetInfo[] {
    return [];
  }

  public stopAllMedia(): void {}

  /** What its tasks hold is theirs no longer: a task that has not ended is not resumed. */
  public $$leave(): void {
    this.#runner = null;
    this.#root.current = null;
  }

  /** Called after the root generator has been resumed, within the scene's context. */
  public update(): void {}

  /** What the last dry run found out. */
  public get onCacheChanged(): SubscribableValueEvent<CachedSceneData> {
    return this.#cache.subscribable;
  }

  public get onReloaded(): Subscribable<void> {
    return this.#reloadEvent.subscribable;
  }

  public get onRecalculated(): Subscribable<void> {
    return this.#recalculateEvent.subscribable;
  }

  /** The thread of the scene's own function. */
  public get onThreadChanged(): SubscribableValueEvent<Thread | null> {
    return this.#root.subscribable;
  }

  /** Every moment of every drawing; the subscriptions end when the scene is reset. */
  public get onRenderLifecycle(): Subscribable<[SceneRenderEvent, CanvasLike]> {
    return this.lifecycleEvents.onAny;
  }

  /** @deprecated Use `lifecycleEvents`. */
  public get LifecycleEvents(): LifecycleEvents {
    return this.lifecycleEvents;
  }

  /** When the scene starts over; after this its variables and lifecycle subscriptions are gone. */
  public get onReset(): Subscribable<void> {
    return this.#resetEvent.subscribable;
  }

  public get lastFrame(): number {
    return this.firstFrame + this.$$duration;
  }

  public get previous(): Scene | null {
    return this.#previousScene;
  }

  public get thread(): Thread | null {
    return this.#root.current;
  }

  public getSize(): Vector2 {
    return this.size;
  }

  public getRealSize(): Vector2 {
    return this.size.mul(this.resolutionScale);
  }

  public isCached(): boolean {
    return this.#cached;
  }

  public reload({config, size, stack, resolutionScale}: SceneDescriptionReload<ThreadGeneratorFactory<TView>> = {}): void {
    this.#factory = config ?? this.#factory;
    this.size = size ?? this.size;
    this.creationStack = stack ?? this.creationStack;
    this.resolutionScale = resolutionScale ?? this.resolutionScale;
    this.#cached = false;
    this.#reloadEvent.dispatch();
  }

  public async recalculate(setFrame: (frame: number) => void): Promise<void> {
    this.firstFrame = this.playback.frame;
    this.$$transitionDuration = -1;
    await this.reset();
    let frame = this.firstFrame;
    while (!this.canTransitionOut()) {
      if (this.$$transitionDuration < 0 && this.isAfterTransitionIn()) this.$$transitionDuration = frame - this.firstFrame;
      setFrame(++frame);
      await this.next();
    }
    if (this.$$transitionDuration < 0) this.$$transitionDuration = 0;
    this.$$duration = frame - this.firstFrame;
    this.#cached = true;
    const {firstFrame, lastFrame, $$transitionDuration: transitionDuration, $$duration: duration} = this;
    this.#cache.current = {firstFrame, lastFrame, transitionDuration, duration};
    this.#recalculateEvent.dispatch();
  }

  /** There is no canvas here: rejects. */
  public async render(_context: unknown): Promise<void> {
    unavailable('Scene.render', 'the host draws the nodes of the view after each frame');
  }

  /** There is no sound to be played while a film is made: does nothing. */
  public adjustVolume(_volumeScale: number): void {}

  public async next(): Promise<void> {
    if (this.#runner === null) return;
    let result = this.execute(() => this.#resume(undefined));
    while (result.value) {
      const yielded: unknown = result.value;
      let answer: unknown = yielded;
      if (isPromisable(yielded)) {
        answer = await this.#settled(yielded.toPromise());
      } else if (isPromise(yielded)) {
        answer = await this.#settled(yielded);
      } else {
        this.execute(() =>
          this.logger.warn({
            message: `the scene \`${this.name}\` yielded a value that cannot be waited for`,
            remarks: 'yield nothing to wait for a frame, a promise, a node, or another generator',
            object: yielded,
          }),
        );
      }
      result = this.execute(() => this.#resume(answer));
    }
    if (DependencyContext.hasPromises()) await this.#awaitResources();
    if (result.done) this.#state = SceneState.Finished;
  }

  public async reset(previous: Scene | null = null): Promise<void> {
    this.#resetEvent.dispatch();
    this.lifecycleEvents.clear();
    this.variables.clear();
    this.slides.handleReset();
    this.timeEvents.handleReset();
    this.random = new Random(this.$$seed);
    this.#previousScene = previous;
    this.previousOnTop = false;
    this.#runner = this.execute(() =>
      threads(
        () => this.#start(),
        thread => {
          this.#root.current = thread;
        },
      ),
    );
    this.#state = SceneState.AfterTransitionIn;
    await this.next();
  }

  public enterInitial(): void {
    if (this.#state === SceneState.AfterTransitionIn) this.#state = SceneState.Initial;
    else this.#warnState('start a transition');
  }

  public enterAfterTransitionIn(): void {
    if (this.#state === SceneState.Initial) this.#state = SceneState.AfterTransitionIn;
    else this.#warnState('end its transition');
  }

  public enterCanTransitionOut(): void {
    if (this.#state === SceneState.AfterTransitionIn || this.#state === SceneState.Initial) {
      this.#state = SceneState.CanTransitionOut;
    } else {
      this.#warnState('be finished');
    }
  }

  public isAfterTransitionIn(): boolean {
    return this.#state === SceneState.AfterTransitionIn;
  }

  public canTransitionOut(): boolean {
    return this.#state === SceneState.CanTransitionOut || this.#state === SceneState.Finished;
  }

  public isFinished(): boolean {
    return this.#state === SceneState.Finished;
  }

  /** Runs `callback` as this scene: `useScene()` and `usePlayback()` work in it. */
  public execute<T>(callback: () => T): T {
    startScene(this);
    startPlayback(this.playback);
    try {
      return callback();
    } finally {
      endPlayback(this.playback);
      endScene(this);
    }
  }

  #resume(value: unknown): IteratorResult<unknown, void> {
    const result = this.#runner!.next(value);
    this.update();
    EffectContext.flush();
    return result;
  }

  /** What a yielded promise resolves to. What it is rejected with need not be an error. */
  async #settled(promise: Promise<unknown>): Promise<unknown> {
    try {
      return await promise;
    } catch (reason) {
      if (reason instanceof Error) throw reason;
      const error: Error & {remarks?: string} = new Error(
        `the scene \`${this.name}\` waited for a promise that was rejected with \`${String(reason)}\``,
        {cause: reason},
      );
      error.remarks = 'reject with an error (`new Error(…)`) to learn where';
      throw error;
    }
  }

  async #awaitResources(): Promise<void> {
    const handles: PromiseHandle<unknown>[] = [];
    while (DependencyContext.hasPromises()) handles.push(...(await DependencyContext.consumePromises()));
    this.execute(() =>
      this.logger.warn({
        message: `the scene \`${this.name}\` used resources before they had loaded`,
        remarks: 'yield the node or signal (`yield node;`) before reading what depends on them',
        object: handles.map(handle => (handle.owner as any)?.key ?? handle.stack),
        stack: handles[0]?.stack,
      }),
    );
  }

  #warnState(action: string): void {
    this.logger.warn({
      message: `the scene \`${this.name}\` cannot ${action} in the state ${SceneState[this.#state]}`,
      stack: new Error().stack,
    });
  }

  /** Calls the scene's function. */
  #start(): ThreadGenerator {
    const runner = this.#factory(this.getView());
    if (!isThreadGenerator(runner)) {
      throw new Error(
        `the scene \`${this.name}\` is made of a function that is no generator: write \`function* (view) {…}\``,
      );
    }
    return runner;
  }
}

/** A fixed seed per scene name: FNV-1a. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

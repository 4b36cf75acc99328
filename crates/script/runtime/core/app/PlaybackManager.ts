import {ValueDispatcher} from '../events/ValueDispatcher';
import type {SubscribableValueEvent} from '../events/ValueDispatcher';
import type {Scene, SceneDescriptionReload} from '../scenes/Scene';
import type {Slide} from '../scenes/Slides';

export enum PlaybackState {
  Playing,
  Rendering,
  Paused,
  Presenting,
}

/** Plays scenes one after another, frame by frame. */
export class PlaybackManager {
  public frame = 0;
  public speed = 1;
  public fps = 30;
  /** Frames of the whole film; known after {@link recalculate}. */
  public duration = 0;
  public finished = false;
  public previousScene: Scene | null = null;
  public state: PlaybackState = PlaybackState.Paused;
  /** The slides of all scenes; known after {@link recalculate}. */
  public slides: Slide[] = [];

  private readonly scenes = new ValueDispatcher<Scene[]>([]);
  private readonly current = new ValueDispatcher<Scene | null>(null);

  /** The scenes, in order; told again after {@link recalculate}. */
  public get onScenesRecalculated(): SubscribableValueEvent<Scene[]> {
    return this.scenes.subscribable;
  }

  /** When another scene becomes the current one. */
  public get onSceneChanged(): SubscribableValueEvent<Scene> {
    return this.current.subscribable as SubscribableValueEvent<any>;
  }

  public get currentScene(): Scene {
    if (this.current.current === null) throw new Error('playback has no scene yet: call `setup` first');
    return this.current.current;
  }

  public set currentScene(scene: Scene) {
    this.current.current = scene;
  }

  public setup(scenes: Scene[]): void {
    if (scenes.length === 0) throw new Error('the project has no scenes; give `makeProject` at least one in `scenes`');
    this.scenes.current = scenes;
    this.currentScene = scenes[0];
  }

  /** Plays one frame. Returns whether the last scene's generator has ended. */
  public async progress(): Promise<boolean> {
    this.finished = await this.next();
    return this.finished;
  }

  /** Starts over with the first scene and plays up to its first frame; scenes of no length are passed by. */
  public async reset(): Promise<void> {
    this.previousScene = null;
    this.currentScene = this.scenes.current[0];
    this.frame = 0;
    this.currentScene.firstFrame = 0;
    await this.currentScene.reset();
    await this.passOn();
  }

  /**
   * Goes to a frame: back to the beginning of its scene if need be, then step by step. Returns whether
   * the film has ended there.
   */
  public async seek(frame: number): Promise<boolean> {
    if (frame <= this.frame || (this.currentScene.$$duration > 0 && this.currentScene.lastFrame < frame)) {
      const scene = this.scenes.current.find(scene => scene.lastFrame > frame) ?? this.scenes.current.at(-1)!;
      this.previousScene = null;
      this.currentScene = scene;
      this.frame = scene.firstFrame;
      await scene.reset();
    }
    this.finished = false;
    while (this.frame < frame && !this.finished) this.finished = await this.next();
    return this.finished;
  }

  /** Changes what the scenes are played with; they have to be reset or recalculated afterwards. */
  public reload(description?: SceneDescriptionReload<never>): void {
    for (const scene of this.scenes.current) scene.reload(description);
  }

  /** Plays every scene once to learn its length. Leaves the scenes played to their ends. */
  public async recalculate(): Promise<void> {
    this.previousScene = null;
    this.slides = [];
    this.speed = 1;
    this.frame = 0;
    const scenes = this.scenes.current;
    for (const scene of scenes) {
      this.currentScene = scene;
      await scene.recalculate(frame => {
        this.frame = frame;
      });
      this.slides.push(...scene.slides.onChanged.current);
    }
    this.duration = this.frame;
    this.scenes.current = scenes;
  }

  /** Plays one frame; scenes change within the frame in which the current one lets go. */
  public async next(): Promise<boolean> {
    const current = this.currentScene;
    if (this.previousScene !== null) {
      await this.previousScene.next();
      if (current.isFinished()) this.leavePrevious();
    }
    this.frame += this.speed;
    if (current.isFinished()) return true;

    await current.next();
    if (this.previousScene !== null && current.isAfterTransitionIn()) this.leavePrevious();
    if (!current.canTransitionOut()) return false;

    await this.passOn();
    return this.currentScene.isFinished();
  }

  /** Whether the last scene has reached the frame at which the film ends. */
  public hasEnded(): boolean {
    const scene = this.currentScene;
    return scene.canTransitionOut() && this.nextScene(scene) === null;
  }

  /** Changes to the next scene, and on from there, as long as the current one lets go. */
  private async passOn(): Promise<void> {
    let current = this.currentScene;
    let next = this.nextScene(current);
    for (; next !== null && current.canTransitionOut(); next = this.nextScene(current)) {
      this.leavePrevious();
      this.previousScene = this.frame > current.firstFrame ? current : null;
      current.$$duration = this.frame - current.firstFrame;
      current.stopAllMedia();
      if (this.previousScene === null) current.$$leave?.();
      this.currentScene = next;
      next.firstFrame = this.frame;
      await next.reset(this.previousScene);
      if (next.isAfterTransitionIn()) this.leavePrevious();
      current = next;
    }
    // A transition that is not over when the film ends is given up.
    if (next === null && current.canTransitionOut()) this.leavePrevious();
  }

  /** The scene before is neither played nor drawn any more. */
  private leavePrevious(): void {
    this.previousScene?.$$leave?.();
    this.previousScene = null;
  }

  private nextScene(scene: Scene): Scene | null {
    const scenes = this.scenes.current;
    return scenes[scenes.indexOf(scene) + 1] ?? null;
  }
}

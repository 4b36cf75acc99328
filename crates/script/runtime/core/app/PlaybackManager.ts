import {EventDispatcher} from '../events/EventDispatcher';
import {ValueDispatcher} from '../events/ValueDispatcher';
import type {Scene} from '../scenes/Scene';

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
  public state = PlaybackState.Paused;
  public readonly slides: {id: string; name: string; time: number}[] = [];

  private readonly scenes = new ValueDispatcher<Scene[]>([]);
  private readonly sceneChanged = new EventDispatcher<Scene>();
  private current: Scene | null = null;

  /** The scenes, in order. */
  public get onScenesRecalculated() {
    return this.scenes.subscribable;
  }

  /** When another scene becomes the current one. */
  public get onSceneChanged() {
    return this.sceneChanged.subscribable;
  }

  public get currentScene(): Scene {
    if (this.current === null) throw new Error('playback has no scene yet: call `setup` first');
    return this.current;
  }

  public set currentScene(scene: Scene) {
    this.current = scene;
    this.sceneChanged.dispatch(scene);
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

  /** Goes to a frame: back to the beginning of its scene if need be, then step by step. */
  public async seek(frame: number): Promise<void> {
    if (frame <= this.frame || (this.currentScene.duration > 0 && this.currentScene.lastFrame < frame)) {
      const scene = this.scenes.current.find(scene => scene.lastFrame > frame) ?? this.scenes.current.at(-1)!;
      this.previousScene = null;
      this.currentScene = scene;
      this.frame = scene.firstFrame;
      await scene.reset();
    }
    this.finished = false;
    while (this.frame < frame && !this.finished) this.finished = await this.next();
  }

  /** Plays every scene once to learn its length. Leaves the scenes played to their ends. */
  public async recalculate(): Promise<void> {
    this.previousScene = null;
    this.speed = 1;
    this.frame = 0;
    for (const scene of this.scenes.current) {
      this.current = scene;
      scene.firstFrame = this.frame;
      scene.transitionDuration = -1;
      await scene.reset();
      while (!scene.canTransitionOut()) {
        if (scene.transitionDuration < 0 && scene.isAfterTransitionIn()) {
          scene.transitionDuration = this.frame - scene.firstFrame;
        }
        this.frame += this.speed;
        await scene.next();
      }
      if (scene.transitionDuration < 0) scene.transitionDuration = 0;
      scene.duration = this.frame - scene.firstFrame;
    }
    this.duration = this.frame;
  }

  /** Plays one frame; scenes change within the frame in which the current one lets go. */
  public async next(): Promise<boolean> {
    const current = this.currentScene;
    if (this.previousScene !== null) {
      await this.previousScene.next();
      if (current.isFinished()) this.previousScene = null;
    }
    this.frame += this.speed;
    if (current.isFinished()) return true;

    await current.next();
    if (this.previousScene !== null && current.isAfterTransitionIn()) this.previousScene = null;
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
    for (let next = this.nextScene(current); next !== null && current.canTransitionOut();) {
      this.previousScene = this.frame > current.firstFrame ? current : null;
      current.duration = this.frame - current.firstFrame;
      current.stopAllMedia();
      this.currentScene = next;
      next.firstFrame = this.frame;
      await next.reset(this.previousScene);
      if (next.isAfterTransitionIn()) this.previousScene = null;
      current = next;
      next = this.nextScene(current);
    }
  }

  private nextScene(scene: Scene): Scene | null {
    const scenes = this.scenes.current;
    return scenes[scenes.indexOf(scene) + 1] ?? null;
  }
}

import {GeneratorScene, makeProject, PlaybackManager, PlaybackStatus, Vector2} from '../../core/index';
import type {AssetInfo, Project, Scene, SceneDescription, ThreadGenerator} from '../../core/index';

type SceneFunction = (view: TestView) => ThreadGenerator;

/** A view that only counts. */
export class TestView {
  public flushes = 0;
  public media: AssetInfo[] = [];
}

let views = 0;

/** A scene without nodes. */
export class TestScene extends GeneratorScene<TestView> {
  public view = new TestView();
  public stopped = 0;
  private id = ++views;

  public override getView(): TestView {
    return this.view;
  }

  public override $$viewId(): number {
    return this.id;
  }

  public override $$flush(): void {
    this.view.flushes++;
  }

  public override $$drawAround(around: readonly ((context: unknown) => void)[] | null): void {
    for (const draw of around ?? []) draw(null);
  }

  public override getMediaAssets(): AssetInfo[] {
    return this.view.media;
  }

  public override stopAllMedia(): void {
    this.stopped++;
    this.view.media = [];
  }

  public override async reset(previous: Scene | null = null): Promise<void> {
    this.view = new TestView();
    await super.reset(previous);
  }
}

export function scene(name: string, config: SceneFunction): SceneDescription {
  return {name, klass: TestScene as never, config};
}

export function project(...scenes: SceneDescription[]): Project {
  return makeProject({scenes});
}

/** A playback of scenes, as the player sets it up. */
export function playback(fps: number, ...functions: SceneFunction[]): PlaybackManager {
  const manager = new PlaybackManager();
  manager.fps = fps;
  const status = new PlaybackStatus(manager);
  const {logger} = project();
  manager.setup(
    functions.map(
      (config, index) =>
        new TestScene({
          ...scene(`scene${index}`, config),
          size: new Vector2(1920, 1080),
          resolutionScale: 1,
          playback: status,
          logger,
        }),
    ),
  );
  return manager;
}

/** The duration of scenes in frames, by a dry run. */
export async function duration(fps: number, ...functions: SceneFunction[]): Promise<number> {
  const manager = playback(fps, ...functions);
  await manager.recalculate();
  return manager.duration;
}

/** Plays one scene to its end and calls `look` after every frame. */
export async function play(
  fps: number,
  config: SceneFunction,
  look: (frame: number) => void = () => {},
): Promise<void> {
  const manager = playback(fps, config);
  await manager.reset();
  look(0);
  while (!manager.hasEnded()) {
    await manager.next();
    look(manager.frame);
  }
}

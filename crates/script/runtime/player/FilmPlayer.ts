import {LogLevel} from '../core/app/Logger';
import type {Logger, LogPayload} from '../core/app/Logger';
import type {PlaybackManager} from '../core/app/PlaybackManager';
import {SceneRenderEvent} from '../core/scenes/LifecycleEvents';
import type {AssetInfo} from '../core/scenes/NativeScene';
import type {Scene} from '../core/scenes/Scene';
import {callFrame} from '../globals/canvas';
import {SceneCanvas} from '../core/scenes/SceneCanvas';
import {DependencyContext} from '../core/signals/DependencyContext';
import type {FilmHeader, PlacedView, Player, SceneSpan, SceneTimeEvent, Sound, VariableRead} from './Player';

/** Drawing may ask for new resources; this often they are awaited in one frame. */
const MAX_RESOURCE_ROUNDS = 10;

/** Plays a project in one run: lengths, spans and sounds are noted on the way. */
export class FilmPlayer implements Player {
  private readonly assets = new Map<string, NativeAsset>();
  private failure: LogPayload | null = null;
  private stepping = false;
  private ended = false;

  public constructor(
    private readonly playback: PlaybackManager,
    private readonly all: readonly Scene[],
    logger: Logger,
    private readonly own: Record<string, unknown>,
    private readonly film: FilmHeader,
  ) {
    logger.onLogged.subscribe(payload => {
      // What was thrown ends the film; what a scene says of its own accord does not.
      if (this.stepping && payload.level === LogLevel.Error && payload.cause !== undefined) this.failure ??= payload;
    });
  }

  public header(): FilmHeader {
    return this.film;
  }

  public async start(): Promise<void> {
    await this.step(() => this.playback.reset());
  }

  public async next(): Promise<boolean> {
    if (this.ended) return true;
    await this.step(() => this.playback.next());
    this.ended = this.playback.hasEnded();
    return this.ended;
  }

  public views(): PlacedView[] {
    return this.shown().map(scene => {
      const {lifecycleEvents} = scene;
      const view: PlacedView = {id: scene.$$viewId(), transform: [1, 0, 0, 1, 0, 0], alpha: 1};
      const draws = lifecycleEvents.$$draws;
      if (!draws) scene.$$drawAround?.(null);
      if (lifecycleEvents.isEmpty) return view;
      const canvas = new SceneCanvas();
      lifecycleEvents.dispatch(SceneRenderEvent.BeforeRender, canvas);
      Object.assign(view, canvas.placement());
      if (draws) {
        scene.$$drawAround?.([
          context => lifecycleEvents.dispatch(SceneRenderEvent.BeginRender, context),
          context => lifecycleEvents.dispatch(SceneRenderEvent.FinishRender, context),
        ]);
      }
      lifecycleEvents.dispatch(SceneRenderEvent.AfterRender, canvas);
      return view;
    });
  }

  public sounds(): Sound[] {
    const sounds: Sound[] = [];
    for (const info of this.playback.currentScene.getMediaAssets()) {
      if (info.type === 'img' || info.audio === false) continue;
      const asset = info.asset ?? this.assetOf(info, info.type);
      if (asset === null) continue;
      const {key, currentTime: time, from = 0, loops = 0, playbackRate: rate, preservesPitch: keepsPitch = true, volume} = info;
      sounds.push({key, asset, time, from, loops, rate, keepsPitch, volume});
    }
    return sounds;
  }

  public boxes(): string {
    return JSON.stringify(this.playback.currentScene.$$nodeBoxes?.() ?? []);
  }

  public scenes(): SceneSpan[] {
    const current = this.all.indexOf(this.playback.currentScene);
    return this.all.slice(0, current + 1).map((scene, index) => {
      const end = index < current ? this.all[index + 1].firstFrame : this.playback.frame + 1;
      return {name: scene.name, firstFrame: scene.firstFrame, frames: end - scene.firstFrame};
    });
  }

  public variablesRead(): VariableRead[] {
    const read = new Map<string, VariableRead>();
    for (const scene of this.all) {
      for (const variable of scene.variables.read()) {
        if (!read.has(variable.name)) read.set(variable.name, variable);
      }
    }
    return [...read.values()];
  }

  public ownVariables(): string {
    try {
      return JSON.stringify(this.own) ?? '{}';
    } catch {
      return '{}';
    }
  }

  public tree(): string {
    return JSON.stringify(this.playback.currentScene.$$nodeTree?.() ?? []);
  }

  public tracks(): string {
    return JSON.stringify(this.playback.currentScene.$$nodeTracks?.() ?? []);
  }

  public timeEvents(): SceneTimeEvent[] {
    return this.all.flatMap(scene =>
      scene.timeEvents.$$all().map(event => ({scene: scene.name, path: scene.$$metaPath, ...event})),
    );
  }

  /** The scenes to draw, bottom first. */
  private shown(): Scene[] {
    const {currentScene, previousScene} = this.playback;
    if (previousScene === null) return [currentScene];
    const {previousOnTop} = currentScene;
    const onTop = typeof previousOnTop === 'function' ? previousOnTop() : previousOnTop;
    return onTop ? [currentScene, previousScene] : [previousScene, currentScene];
  }

  private async step(play: () => Promise<unknown>): Promise<void> {
    this.stepping = true;
    try {
      await play();
      this.check();
      callFrame((this.playback.frame / this.playback.fps) * 1000);
      await this.settle();
      this.check();
    } finally {
      this.stepping = false;
    }
  }

  /** Throws the first error that was thrown where nobody but the log learnt of it. */
  private check(): void {
    if (this.failure !== null) throw toError(this.failure);
  }

  /** Hands the frame over; what that asks for is awaited and handed over too. */
  private async settle(): Promise<void> {
    const scenes = this.shown();
    for (let round = 0; round < MAX_RESOURCE_ROUNDS; round++) {
      for (const scene of scenes) scene.$$flush();
      for (const scene of scenes) if (scene.$$isDrawing?.()) await scene.$$drawn?.();
      if (!DependencyContext.hasPromises()) return;
      await DependencyContext.consumePromises();
    }
    throw new Error(
      `frame ${this.playback.frame}: new resources are still being asked for after ${MAX_RESOURCE_ROUNDS} rounds`,
    );
  }

  private assetOf(info: AssetInfo, kind: 'video' | 'audio'): string | null {
    let asset = this.assets.get(info.src);
    if (asset === undefined) {
      asset = __kinora.asset(info.src, kind);
      this.assets.set(info.src, asset);
    }
    return asset.audio ? asset.id : null;
  }
}

/** The error behind a logged message: what was thrown, if something was. */
function toError(payload: LogPayload): Error {
  if (payload.cause instanceof Error) return payload.cause;
  const error = new Error(payload.message, {cause: payload.cause}) as Error & {remarks?: string};
  if (payload.remarks) error.remarks = payload.remarks;
  if (payload.stack) error.stack = payload.stack;
  return error;
}

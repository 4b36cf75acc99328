import {PlaybackManager, PlaybackState} from '../core/app/PlaybackManager';
import {PlaybackStatus} from '../core/app/PlaybackStatus';
import type {Project} from '../core/app/makeProject';
import {Vector2} from '../core/types/Vector';
import {FilmPlayer} from './FilmPlayer';
import type {Player, PlayerSettings} from './Player';

export type {FilmHeader, PlacedView, Player, PlayerSettings, SceneSpan, SceneTimeEvent, Sound, VariableRead} from './Player';

/** Opens a project to be played once, from its first frame to its last. */
export function openPlayer(project: Project, settings: PlayerSettings): Player {
  const {shared, rendering} = project.settings;
  const size = settings.size === undefined ? shared.size : new Vector2(settings.size);
  const resolutionScale = settings.resolutionScale ?? rendering.resolutionScale;
  const playback = new PlaybackManager();
  playback.fps = settings.fps;
  playback.state = PlaybackState.Rendering;
  const status = new PlaybackStatus(playback);
  const variables = settings.variables ?? project.variables ?? {};
  const scenes = project.scenes.map(description => {
    const scene = new description.klass({
      ...description,
      size,
      resolutionScale,
      playback: status,
      logger: project.logger,
      experimentalFeatures: project.experimentalFeatures,
    });
    scene.variables.updateSignals(variables);
    return scene;
  });
  playback.setup(scenes);
  const {background} = shared;
  return new FilmPlayer(playback, scenes, project.logger, project.variables ?? {}, {
    fps: settings.fps,
    width: size.x,
    height: size.y,
    resolutionScale,
    background: [background.r, background.g, background.b, background.a],
    range: shared.range,
  });
}

import {applyProjectMeta} from '../core/app/makeProject';
import {Color} from '../core/index';
import {openPlayer} from '../player/index';

/** What the recorder wants otherwise than the project has it. */
interface Settings {
  fps?: number;
  size?: [number, number];
  resolutionScale?: number;
  variables?: Record<string, unknown>;
  background?: string;
}

type Opened = ReturnType<typeof openPlayer>;

/** What is wrong with a default export, or nothing when it is a project. */
export function fault(value: unknown): string | undefined {
  if (typeof value === 'function') {
    return `a ${/^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'function'}`;
  }
  if (value === null || typeof value !== 'object') {
    return value === null ? 'null' : `a ${typeof value}`;
  }
  const scenes = (value as {scenes?: unknown}).scenes;
  if (!Array.isArray(scenes)) {
    return Array.isArray(value) ? 'an array' : 'klass' in value ? 'a scene' : 'an object without `scenes`';
  }
  if (scenes.length === 0) {
    return 'a project without any scene';
  }
  const odd = scenes.findIndex(scene => typeof (scene as {klass?: unknown} | null)?.klass !== 'function');
  return odd < 0 ? undefined : `a project whose scene ${odd + 1} is not one (make it with \`makeScene2D\`)`;
}

/** Takes over what stands beside the project's file. */
export function adopt(project: any, meta: unknown): void {
  applyProjectMeta(project, meta);
}

/** Opens a project for recording. */
export function open(project: any, settings: Settings): Opened {
  const {shared, rendering} = project.settings;
  if (settings.background !== undefined) {
    shared.background = new Color(settings.background);
  }
  return openPlayer(project, {
    fps: settings.fps ?? rendering?.fps ?? 30,
    size: settings.size,
    resolutionScale: settings.resolutionScale,
    variables: settings.variables,
  });
}

/** Where each scene was made: the calls that led there. */
export function origins(project: any): string[] {
  return project.scenes.map((scene: {stack?: unknown}) => (typeof scene.stack === 'string' ? scene.stack : ''));
}

/** Frames per second that a project asks for. */
export function projectFps(project: any): number {
  return Number(project.settings?.rendering?.fps ?? 30);
}

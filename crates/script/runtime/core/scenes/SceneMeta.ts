import type {SceneDescription} from './Scene';

/** What Motion Canvas keeps beside a scene's file, in `name.meta`. */
export interface SceneMeta {
  /** Moments that the author has moved in the editor. */
  timeEvents?: {
    name: string;
    /** Seconds since the scene's start. */
    targetTime: number;
  }[];
  /** The seed of the scene's random numbers. */
  seed?: number;
  /** The file itself, which need not exist. */
  path?: string;
}

/** Marks a description whose name was made up. */
const MADE_UP = Symbol.for('@revideo/core/scenes/madeUpName');

/** The description of a scene imported with `?scene`: named after its file, with what stands beside it. */
export function sceneOfFile(description: unknown, file: string, meta: unknown, path: string): unknown {
  if (description === null || typeof description !== 'object') return description;
  const scene = description as SceneDescription & {[MADE_UP]?: boolean};
  const {timeEvents, seed} = (meta ?? {}) as Record<string, unknown>;
  // Where the file lies is the studio's business, and differs from machine to machine.
  const known: SceneMeta = Object.defineProperty({}, 'path', {value: path});
  if (Array.isArray(timeEvents)) known.timeEvents = timeEvents.filter(isTimeEvent);
  if (typeof seed === 'number') known.seed = seed;
  return {...scene, name: scene[MADE_UP] ? file : scene.name, meta: known};
}

function isTimeEvent(value: any): boolean {
  return typeof value?.name === 'string' && typeof value.targetTime === 'number';
}

import type {Plugin} from '../plugin/Plugin';
import type {SceneDescription} from '../scenes/Scene';
import {Logger} from './Logger';
import {resolveSettings} from './settings';
import type {PartialUserProjectSettings, ProjectSettings} from './settings';

/** What a project file exports. */
export interface UserProject {
  name?: string;
  scenes: SceneDescription[];
  variables?: Record<string, unknown>;
  experimentalFeatures?: boolean;
  plugins?: (string | Plugin)[];
  settings?: PartialUserProjectSettings;
}

/** Versions of the parts of the reference; without meaning here. */
export interface Versions {
  core: string;
  two: string | null;
  ui: string | null;
  vitePlugin: string | null;
}

export interface Project {
  name: string;
  scenes: SceneDescription[];
  variables?: Record<string, unknown>;
  experimentalFeatures: boolean;
  plugins: Plugin[];
  settings: ProjectSettings;
  logger: Logger;
  versions: Versions;
}

export type FullPreviewSettings = ProjectSettings['shared'] & ProjectSettings['preview'];
export type FullRenderingSettings = ProjectSettings['shared'] & ProjectSettings['rendering'];

/** A project with its settings over the defaults. */
export function makeProject(user: UserProject): Project {
  if (!Array.isArray(user?.scenes)) {
    throw new Error('`makeProject` needs `scenes`, an array of what `makeScene2D` returns');
  }
  const project: Project = {
    name: user.name ?? 'project',
    scenes: user.scenes,
    variables: user.variables,
    experimentalFeatures: user.experimentalFeatures ?? false,
    plugins: [],
    settings: resolveSettings(user.settings),
    logger: new Logger(),
    versions: createVersionObject('0.0.0'),
  };
  given.set(project, user.settings ?? {});
  return project;
}

/** The settings that projects were made with. */
const given = new WeakMap<Project, PartialUserProjectSettings>();

/**
 * Motion Canvas: puts what is kept beside a project's file, in `name.meta`, in the place of settings that
 * the project itself does not have.
 */
export function applyProjectMeta(project: Project, meta: unknown): void {
  const user = given.get(project) ?? {};
  const {shared, rendering} = (meta ?? {}) as {shared?: any; rendering?: any};
  project.settings = resolveSettings({
    ...user,
    shared: {...known(shared, ['background', 'range', 'size']), ...user.shared},
    rendering: {...known(rendering, ['fps', 'resolutionScale', 'colorSpace']), ...user.rendering},
  });
  const {range} = project.settings.shared;
  // JSON has no infinity.
  project.settings.shared.range = [range[0] ?? 0, range[1] ?? Infinity];
}

/** Those of `names` that an object has; a background of null is transparent. */
function known(values: any, names: string[]): Record<string, unknown> {
  const entries = names.filter(name => values?.[name] !== undefined && values[name] !== null);
  return Object.fromEntries(entries.map(name => [name, values[name]]));
}

export function createVersionObject(version: string): Versions {
  return {core: version, two: version, ui: version, vitePlugin: version};
}

export function getFullPreviewSettings(project: Project): FullPreviewSettings {
  return {...project.settings.shared, ...project.settings.preview};
}

export function getFullRenderingSettings(project: Project): FullRenderingSettings {
  return {...project.settings.shared, ...project.settings.rendering};
}

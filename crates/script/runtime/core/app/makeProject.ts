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
  return {
    name: user.name ?? 'project',
    scenes: user.scenes,
    variables: user.variables,
    experimentalFeatures: user.experimentalFeatures ?? false,
    plugins: [],
    settings: resolveSettings(user.settings),
    logger: new Logger(),
    versions: createVersionObject('0.0.0'),
  };
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

import type { Plugin } from '../plugin/Plugin';
import type { SceneDescription } from '../scenes/Scene';
import { Logger } from './Logger';
import type { PartialUserProjectSettings, ProjectSettings } from './settings';
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
export declare function makeProject(user: UserProject): Project;
/**
 * Motion Canvas: puts what is kept beside a project's file, in `name.meta`, in the place of settings that
 * the project itself does not have.
 */
export declare function applyProjectMeta(project: Project, meta: unknown): void;
export declare function createVersionObject(version: string): Versions;
export declare function getFullPreviewSettings(project: Project): FullPreviewSettings;
export declare function getFullRenderingSettings(project: Project): FullRenderingSettings;

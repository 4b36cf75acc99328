import type { ExporterSettings } from './settings';
import type { StageSettings } from './Stage';
export declare enum RendererState {
    Initial = 0,
    Working = 1,
    Aborting = 2
}
export declare enum RendererResult {
    Success = 0,
    Error = 1,
    Aborted = 2
}
/** What the browser's renderer is told. */
export interface RendererSettings extends StageSettings {
    name: string;
    hiddenFolderId?: string;
    /** Seconds. */
    range: [number, number];
    fps: number;
    exporter: ExporterSettings;
}
/** The browser's renderer. Films are rendered by the host: see `renderVideo` of `@revideo/renderer`. */
export declare class Renderer {
    constructor(..._args: unknown[]);
}

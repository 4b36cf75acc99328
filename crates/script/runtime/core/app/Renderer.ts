import type {ExporterSettings} from './settings';
import type {StageSettings} from './Stage';
import {unavailable} from '../utils/unavailable';

export enum RendererState {
  Initial,
  Working,
  Aborting,
}

export enum RendererResult {
  Success,
  Error,
  Aborted,
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
export class Renderer {
  public constructor(..._args: unknown[]) {
    unavailable('Renderer', 'use `renderVideo` of `@revideo/renderer` or the command line');
  }
}

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

/** The browser's renderer. Films are rendered by the host: see `renderVideo` of `@revideo/renderer`. */
export class Renderer {
  public constructor(..._args: unknown[]) {
    unavailable('Renderer', 'use `renderVideo` of `@revideo/renderer` or the command line');
  }
}

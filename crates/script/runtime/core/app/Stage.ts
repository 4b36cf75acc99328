import {unavailable} from '../utils/unavailable';

/** The browser's canvas that scenes are drawn on. */
export class Stage {
  public constructor(..._args: unknown[]) {
    unavailable('Stage', 'render the film with `renderVideo` of `@revideo/renderer` or the command line');
  }
}

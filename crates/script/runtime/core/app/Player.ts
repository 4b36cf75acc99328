import {unavailable} from '../utils/unavailable';

/** The browser's interactive player. */
export class Player {
  public constructor(..._args: unknown[]) {
    unavailable('Player', 'render the film with `renderVideo` of `@revideo/renderer` or the command line');
  }
}

import {unavailable} from '../utils/unavailable';

/** Shaders of a scene: there is no WebGL here. */
export class Shaders {
  public constructor(..._args: unknown[]) {}

  public getProgram(_fragment: string): never {
    return unavailable('shaders', 'use filters, gradients and masks');
  }

  public getDrawContext(): never {
    return unavailable('shaders', 'use filters, gradients and masks');
  }
}

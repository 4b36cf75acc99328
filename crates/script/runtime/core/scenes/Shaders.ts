import {unavailable} from '../utils/unavailable';

const INSTEAD = 'use filters, gradients and masks';

/** Shaders of a scene: there is no WebGL here, and whatever is asked of them says so. */
export class Shaders {
  public constructor(..._args: unknown[]) {}

  public getGL(): never {
    return unavailable('shaders', INSTEAD);
  }

  public getProgram(_fragment: string): never {
    return unavailable('shaders', INSTEAD);
  }

  public copyTextures(_destination: unknown, _source: unknown): never {
    return unavailable('shaders', INSTEAD);
  }

  public clear(): never {
    return unavailable('shaders', INSTEAD);
  }

  public render(): never {
    return unavailable('shaders', INSTEAD);
  }

  public setup(_gl: unknown): never {
    return unavailable('shaders', INSTEAD);
  }

  public teardown(_gl: unknown): never {
    return unavailable('shaders', INSTEAD);
  }
}

import {unavailable} from '../utils/unavailable';

/** The browser's WebGL context. */
export class SharedWebGLContext {
  public constructor(..._args: unknown[]) {
    unavailable('SharedWebGLContext', 'use filters, gradients and masks');
  }
}

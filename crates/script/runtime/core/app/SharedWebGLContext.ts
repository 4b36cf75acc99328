import {unavailable} from '../utils/unavailable';

/** Somebody who draws with WebGL in the reference. */
export interface WebGLContextOwner {
  setup(gl: any): void;
  teardown(gl: any): void;
}

/** The browser's WebGL context. */
export class SharedWebGLContext {
  public constructor(..._args: unknown[]) {
    unavailable('SharedWebGLContext', 'use filters, gradients and masks');
  }
}

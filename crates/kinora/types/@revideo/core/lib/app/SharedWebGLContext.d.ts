/** Somebody who draws with WebGL in the reference. */
export interface WebGLContextOwner {
    setup(gl: any): void;
    teardown(gl: any): void;
}
/** The browser's WebGL context. */
export declare class SharedWebGLContext {
    constructor(..._args: unknown[]);
}

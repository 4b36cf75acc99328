/** The browser's WebGL context. */
export declare class SharedWebGLContext {
    constructor(..._args: unknown[]);
}

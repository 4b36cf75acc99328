/** Shaders of a scene: there is no WebGL here, and whatever is asked of them says so. */
export declare class Shaders {
    constructor(..._args: unknown[]);
    getGL(): never;
    getProgram(_fragment: string): never;
    copyTextures(_destination: unknown, _source: unknown): never;
    clear(): never;
    render(): never;
    setup(_gl: unknown): never;
    teardown(_gl: unknown): never;
}

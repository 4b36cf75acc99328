/** Shaders of a scene: there is no WebGL here. */
export declare class Shaders {
    constructor(..._args: unknown[]);
    getProgram(_fragment: string): never;
    getDrawContext(): never;
}

/** A marked moment of a scene. */
export interface Slide {
    id: string;
    name: string;
    /** Seconds since the scene's start. */
    time: number;
}
/** The slides of a scene. They are recorded, and never pause a render. */
export declare class Slides {
    private readonly sceneName;
    private slides;
    constructor(sceneName: string);
    getAll(): readonly Slide[];
    register(name: string, time: number): string;
    shouldWait(_id: string): boolean;
    clear(): void;
}

/** What Motion Canvas keeps beside a scene's file, in `name.meta`. */
export interface SceneMeta {
    /** Moments that the author has moved in the editor. */
    timeEvents?: {
        name: string;
        /** Seconds since the scene's start. */
        targetTime: number;
    }[];
    /** The seed of the scene's random numbers. */
    seed?: number;
}
/** The description of a scene imported with `?scene`: named after its file, with what stands beside it. */
export declare function sceneOfFile(description: unknown, file: string, meta: unknown): unknown;

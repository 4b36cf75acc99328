import type { Scene } from './Scene';
import type { SceneMeta } from './SceneMeta';
/**
 * Motion Canvas: moments of a scene that its author moves in the editor.
 *
 * Where they lie says the variable `timeEvents` (`{event: seconds}`, or `{scene: {event: seconds}}`), or
 * the `.meta` file of a scene imported with `?scene`; seconds since the scene's start.
 */
export declare class TimeEvents {
    private readonly scene;
    private readonly saved;
    private readonly durations;
    private warned;
    constructor(scene: Scene, saved: NonNullable<SceneMeta['timeEvents']>);
    /** Seconds from `time` to an event; 0 where it was never moved. The answer stays for the scene. */
    register(name: string, time: number): number;
    /** Forgets the events; the scene is starting over. */
    handleReset(): void;
    private target;
}

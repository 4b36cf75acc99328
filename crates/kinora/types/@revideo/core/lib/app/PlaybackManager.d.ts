import type { Scene } from '../scenes/Scene';
export declare enum PlaybackState {
    Playing = 0,
    Rendering = 1,
    Paused = 2,
    Presenting = 3
}
/** Plays scenes one after another, frame by frame. */
export declare class PlaybackManager {
    frame: number;
    speed: number;
    fps: number;
    /** Frames of the whole film; known after {@link recalculate}. */
    duration: number;
    finished: boolean;
    previousScene: Scene | null;
    state: PlaybackState;
    readonly slides: {
        id: string;
        name: string;
        time: number;
    }[];
    private readonly scenes;
    private readonly sceneChanged;
    private current;
    /** The scenes, in order. */
    get onScenesRecalculated(): import("..").SubscribableValueEvent<Scene<any>[]>;
    /** When another scene becomes the current one. */
    get onSceneChanged(): import("..").Subscribable<Scene<any>, import("..").EventHandler<Scene<any>>>;
    get currentScene(): Scene;
    set currentScene(scene: Scene);
    setup(scenes: Scene[]): void;
    /** Plays one frame. Returns whether the last scene's generator has ended. */
    progress(): Promise<boolean>;
    /** Starts over with the first scene and plays up to its first frame; scenes of no length are passed by. */
    reset(): Promise<void>;
    /** Goes to a frame: back to the beginning of its scene if need be, then step by step. */
    seek(frame: number): Promise<void>;
    /** Plays every scene once to learn its length. Leaves the scenes played to their ends. */
    recalculate(): Promise<void>;
    /** Plays one frame; scenes change within the frame in which the current one lets go. */
    next(): Promise<boolean>;
    /** Whether the last scene has reached the frame at which the film ends. */
    hasEnded(): boolean;
    /** Changes to the next scene, and on from there, as long as the current one lets go. */
    private passOn;
    private nextScene;
}

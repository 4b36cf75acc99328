import type { SubscribableValueEvent } from '../events/ValueDispatcher';
import type { Scene, SceneDescriptionReload } from '../scenes/Scene';
import type { Slide } from '../scenes/Slides';
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
    /** The slides of all scenes; known after {@link recalculate}. */
    slides: Slide[];
    private readonly scenes;
    private readonly current;
    /** The scenes, in order; told again after {@link recalculate}. */
    get onScenesRecalculated(): SubscribableValueEvent<Scene[]>;
    /** When another scene becomes the current one. */
    get onSceneChanged(): SubscribableValueEvent<Scene>;
    get currentScene(): Scene;
    set currentScene(scene: Scene);
    setup(scenes: Scene[]): void;
    /** Plays one frame. Returns whether the last scene's generator has ended. */
    progress(): Promise<boolean>;
    /** Starts over with the first scene and plays up to its first frame; scenes of no length are passed by. */
    reset(): Promise<void>;
    /**
     * Goes to a frame: back to the beginning of its scene if need be, then step by step. Returns whether
     * the film has ended there.
     */
    seek(frame: number): Promise<boolean>;
    /** Changes what the scenes are played with; they have to be reset or recalculated afterwards. */
    reload(description?: SceneDescriptionReload<never>): void;
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

import type { PlaybackManager, PlaybackState } from './PlaybackManager';
/** How a film is being played, read-only. */
export declare class PlaybackStatus {
    private readonly playback;
    constructor(playback: PlaybackManager);
    /** Frames for `seconds`, rounded up. */
    secondsToFrames(seconds: number): number;
    framesToSeconds(frames: number): number;
    /** Seconds since the film's start. */
    get time(): number;
    get frame(): number;
    get speed(): number;
    get fps(): number;
    get state(): PlaybackState;
    /** Seconds that a frame takes. */
    get deltaTime(): number;
}

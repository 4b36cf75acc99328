import type {PlaybackManager, PlaybackState} from './PlaybackManager';

/** How a film is being played, read-only. */
export class PlaybackStatus {
  public constructor(private readonly playback: PlaybackManager) {}

  /** Frames for `seconds`, rounded up. */
  public secondsToFrames(seconds: number): number {
    return Math.ceil(seconds * this.playback.fps);
  }

  public framesToSeconds(frames: number): number {
    return frames / this.playback.fps;
  }

  /** Seconds since the film's start. */
  public get time(): number {
    return this.framesToSeconds(this.playback.frame);
  }

  public get frame(): number {
    return this.playback.frame;
  }

  public get speed(): number {
    return this.playback.speed;
  }

  public get fps(): number {
    return this.playback.fps;
  }

  public get state(): PlaybackState {
    return this.playback.state;
  }

  /** Seconds that a frame takes. */
  public get deltaTime(): number {
    return this.framesToSeconds(1) * this.playback.speed;
  }
}

/** `<kinora-player>`: plays a film. Names are those of `HTMLMediaElement`. */
export class KinoraPlayer extends HTMLElement {
  /** The address of a finished file. */
  src: string;
  /** The address of a job of `kinora serve`, whose film is shown when it is done. */
  job: string;
  /** A studio's address, whose film is shown as it is written. */
  studio: string;
  /** The address of a picture that is shown before the film was played. */
  poster: string;
  autoplay: boolean;
  controls: boolean;
  loop: boolean;
  /** CSS pixels across; 0 is the film's own size. */
  width: number;
  height: number;
  currentTime: number;
  muted: boolean;
  playbackRate: number;
  /** 0 to 1. */
  volume: number;
  /** Seconds; NaN as long as they are not known. */
  readonly duration: number;
  readonly ended: boolean;
  /** Why there is no film; its message is what is shown. */
  readonly error: {readonly code: 1 | 2 | 3 | 4; readonly message: string} | null;
  readonly paused: boolean;
  readonly readyState: number;
  readonly seeking: boolean;
  readonly videoHeight: number;
  readonly videoWidth: number;
  /** Begins anew with what `src`, `job` or `studio` names. */
  load(): void;
  pause(): void;
  /** Plays; fails where the browser wants a user to have done something first. */
  play(): Promise<void>;
  toggle(): void;
  /** Fills the screen, or no longer. */
  full(): void;
  /** Goes so many frames on, if it is known how long one is. */
  step(frames: number): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'kinora-player': KinoraPlayer;
  }
}

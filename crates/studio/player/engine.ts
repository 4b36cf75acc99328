/** Why there is no film: a code of `MediaError`, and words for a person. */
export interface Failure {
  readonly code: 1 | 2 | 3 | 4;
  readonly message: string;
}

/** What plays a film. Names are those of `HTMLMediaElement`. */
export interface Engine {
  /** What shows its pictures. */
  readonly view: HTMLElement;
  readonly duration: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly seeking: boolean;
  readonly readyState: number;
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly error: Failure | null;
  /** Frames a second, if they are known. */
  readonly fps: number | null;
  currentTime: number;
  volume: number;
  muted: boolean;
  playbackRate: number;
  loop: boolean;
  play(): Promise<void>;
  pause(): void;
  /** Ends what it does, for good. */
  close(): void;
}

/** Takes the name of an event of `HTMLMediaElement` that came about. */
export type Tell = (event: string) => void;

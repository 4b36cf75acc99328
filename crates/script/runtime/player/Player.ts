/** What the host may want otherwise than the project has it. */
export interface PlayerSettings {
  fps: number;
  /** Pixels before scaling. */
  size?: [number, number];
  resolutionScale?: number;
  /** Takes the place of the project's variables as a whole. */
  variables?: Record<string, unknown>;
}

/** What a film is, whatever it shows. */
export interface FilmHeader {
  fps: number;
  /** Pixels before scaling. */
  width: number;
  /** Pixels before scaling. */
  height: number;
  resolutionScale: number;
  /** sRGB and alpha, each 0–1. */
  background: [r: number, g: number, b: number, a: number];
  /** Seconds; the end may be infinite. */
  range: [from: number, to: number];
}

/** A view of the host and where it goes. */
export interface PlacedView {
  id: number;
  /** In pixels of the film, applied after the view's own transform. */
  transform: [a: number, b: number, c: number, d: number, e: number, f: number];
  alpha: number;
}

/** A file that is heard at the present frame. */
export interface Sound {
  /** Key of the node that plays it. */
  key: string;
  /** The host's id of the file. */
  asset: string;
  /** Seconds in the file at the frame's start, before looping. */
  time: number;
  /** Seconds in the file before which nothing is heard. */
  from: number;
  /** Seconds after which it begins again; 0 if it does not. */
  loops: number;
  /** 1 is the file's own speed. */
  rate: number;
  /** Whether the pitch is kept at another speed. */
  keepsPitch: boolean;
  /** 1 is unchanged. */
  volume: number;
}

/** Where a scene lies in the film; scenes in transition belong to the new one. */
export interface SceneSpan {
  name: string;
  firstFrame: number;
  frames: number;
}

/** A variable that a scene asked for. */
export interface VariableRead {
  name: string;
  /** What it is in the absence of a value. */
  initial: unknown;
}

/** A moment of a scene that its author may move. */
export interface SceneTimeEvent {
  scene: string;
  /** The file that keeps it; none of a scene that was not imported as one. */
  path: string | undefined;
  name: string;
  /** Seconds since the scene's start at which it was asked for, and at which it is. */
  from: number;
  seconds: number;
  /** The calls that asked for it. */
  made: string;
}

/** Plays a project once, frame by frame. */
export interface Player {
  header(): FilmHeader;
  /** Makes frame 0. */
  start(): Promise<void>;
  /**
   * Makes the next frame. Resolves to true when it is the last one; with a duration of D frames
   * that is frame D, and frame 1 if D is 0.
   *
   * @throws what the script threw, or the first error it logged.
   */
  next(): Promise<boolean>;
  /** The views to draw, bottom first: two during a transition. */
  views(): PlacedView[];
  sounds(): Sound[];
  /** The nodes of the present scene and where they are, as JSON. */
  boxes(): string;
  /** The scenes begun so far; the present one is as long as it has lasted. */
  scenes(): SceneSpan[];
  variablesRead(): VariableRead[];
  /** The variables that the project has by itself, as JSON. */
  ownVariables(): string;
  /** Where the visible nodes of the present scene are, as JSON. */
  tracks(): string;
  /** The nodes of the present scene in more words, as JSON. */
  tree(): string;
  /** The time events that scenes have asked for. */
  timeEvents(): SceneTimeEvent[];
}

/** A media node that sounds or shows at the present frame. */
export interface AssetInfo {
  /** Key of the node. */
  key: string;
  type: 'video' | 'audio' | 'img';
  src: string;
  /** The host's id of the file, if it is known; otherwise the host is asked for `src`. */
  asset?: string;
  /** Whether the file has sound, if that is known. */
  audio?: boolean;
  decoder?: string | null;
  playbackRate: number;
  /** Whether the pitch is kept at other rates, as it is by default. */
  preservesPitch?: boolean;
  /** 1 is unchanged. */
  volume: number;
  /** Seconds in the file, before looping; where it begins within the frame, of the frame's start. */
  currentTime: number;
  /** Seconds in the file before which nothing is heard. */
  from?: number;
  /** Seconds after which it begins again; 0 if it does not. */
  loops?: number;
  /** Seconds. */
  duration: number;
}

/** Where a node is at the present frame, for comparing layouts; lengths in pixels. */
export interface NodeBox {
  key: string;
  class: string;
  /** Relative to the parent. */
  x: number;
  y: number;
  /** On the canvas. */
  absolute: [x: number, y: number];
  opacity: number;
  /** Of nodes that have a size. */
  width?: number;
  height?: number;
  /** Visual lines, of an outermost text. */
  lines?: string[];
}

/** What a person who looks at a frame wants to know of a node. */
export interface NodeFacts {
  key: string;
  class: string;
  /** How far below the view, which is at 0. */
  depth: number;
  /** Of the box around it and all below, in pixels of the canvas: as it lies, clockwise from the top left. */
  corners: [x: number, y: number][];
  /** Of that box, in the node's own space. */
  size: [width: number, height: number];
  /** The corners of what it draws itself, if it does. */
  own?: [x: number, y: number][];
  /** Pixels of the canvas a unit of the node. */
  scale: number;
  /** The product of its own and those above. */
  opacity: number;
  /** Its properties as text. */
  properties: {name: string; value: string; initial: boolean}[];
  /** Visual lines, of an outermost text. */
  lines?: string[];
  /** The corners of the box around its letters. */
  letters?: [x: number, y: number][];
  /** What it is to the stage. */
  kind: string;
  /** Pixels of the file that it shows, unless that is a drawing. */
  source?: [width: number, height: number];
  /** Where a video stands in its file, in seconds. */
  clip?: {time: number; duration: number; loops: boolean};
  /** The calls that made it. */
  made: string;
}

/**
 * Where a node is on the canvas at a frame: its key, how far it lies below the view, its origin,
 * left, top, right and bottom of the box around it, and its opacity with those above.
 */
export type NodeTrack = [
  key: string,
  depth: number,
  x: number,
  y: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
  opacity: number,
];

/**
 * What a kind of scene offers so that the player can hand its pictures and sounds to the host.
 *
 * For every frame the player steps the scene, calls `flush` until no resource is pending, and then
 * lets the host draw the view `viewId`.
 */
export interface NativeScene {
  /** The host's id of the present view; a new one after each reset. */
  $$viewId(): number;
  /**
   * Hands every changed property to the host, in one `write`. Computing one property may change
   * others: drains until nothing is dirty, at most 100 rounds, then throws naming the properties.
   */
  $$flush(): void;
  /** Whether anything of the frame is still being drawn, and the end of that. */
  $$isDrawing?(): boolean;
  $$drawn?(): Promise<void>;
  /** Has what lies below the nodes and what lies above them drawn, or nothing any more. */
  $$drawAround?(around: readonly ((context: any) => void)[] | null): void;
  /** The registered media that play at the present frame, including nodes taken out of the view. */
  getMediaAssets(): AssetInfo[];
  /** The nodes below the view, in tree order. */
  $$nodeBoxes?(): NodeBox[];
  /** The view and the nodes below it, in tree order, in more words. */
  $$nodeTree?(): NodeFacts[];
  /** Where the visible nodes are, in tree order. */
  $$nodeTracks?(): NodeTrack[];
  /** Ends all playing media; called when the next scene begins. */
  stopAllMedia(): void;
  /** Lets go of what the scene holds; called when it is neither played nor drawn any more. */
  $$leave?(): void;
}

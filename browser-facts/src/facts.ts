/** What is written down about one node in one frame. */
export interface NodeFacts {
  key: string;
  class: string;
  /** `position()`: relative to the parent. */
  x: number;
  y: number;
  /** `absolutePosition()`: canvas pixels. */
  absolute: [number, number];
  opacity: number;
  /** `size()`, of nodes that have one. */
  width?: number;
  height?: number;
  /** Visual lines of an outermost text. */
  lines?: string[];
}

export interface FrameFacts {
  frame: number;
  nodes: NodeFacts[];
  /** PNG as a data URL; becomes a file beside the JSON. */
  picture?: string;
}

export interface SceneFacts {
  size: [number, number];
  fps: number;
  /** Frames that an export of the whole project has. */
  frameCount: number;
  complaints: string[];
  frames: FrameFacts[];
}

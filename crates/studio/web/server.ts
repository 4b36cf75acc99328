import {Connection} from './connection.js';

/** Where something of the user's own is. */
export interface Place {
  file: string;
  line: number;
  column: number;
  code: string | null;
  function: string | null;
}

export interface Diagnostic {
  severity: 'error' | 'warning';
  message: string;
  place: Place | null;
  stack: Place[];
  hints: string[];
}

export interface Fault {
  message: string;
  diagnostics: Diagnostic[];
}

export interface TimeEvent {
  scene: string;
  name: string;
  /** Whether a file keeps it. */
  kept: boolean;
  from: number;
  seconds: number;
  place: Place | null;
}

export interface Scene {
  name: string;
  first: number;
  frames: number;
}

/** A recording of the project. What is not always there comes with its end. */
export interface Take {
  id: number;
  whole: boolean;
  first: number;
  frames: number;
  fps: number;
  width: number;
  height: number;
  background: string;
  scenes?: Scene[];
  variables?: {name: string; default: unknown}[];
  own?: Record<string, unknown> | null;
  warnings?: Diagnostic[];
  sounds?: boolean;
  events?: TimeEvent[];
}

export interface Render {
  id: number;
  output: string;
  file: string;
  stage: 'waiting' | 'working' | 'done' | 'failed' | 'stopped';
  doing?: string;
  made?: number;
  recorded?: number;
  known?: boolean;
  seconds?: number;
  left?: number | null;
  bytes?: number;
  frames?: number;
  cached?: number;
  segments?: number;
  /** Whether functions of AWS Lambda render it, and what they did. */
  onLambda: boolean;
  lambda?: {usd: number; gbSeconds: number; workers: number; retries: number} | null;
  fault?: Fault;
}

/** What functions of AWS Lambda would cost, about. */
export interface Price {
  usd: number;
  seconds: number;
  processorSeconds: number;
  workers: number;
  frames: number;
  measuredFrames: number;
  memoryMb: number;
  /** Whose prices these are, and when they were. */
  prices: string;
}

/** What a variable may be, by `project.inputs.json`. */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  maxLength?: number;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
}

export interface State {
  name: string;
  project: string;
  root: string;
  command: string[];
  recording: boolean;
  recorded: number | null;
  take: Take | null;
  fault: Fault | null;
  variables: Record<string, unknown> | null;
  given: Record<string, unknown> | null;
  /** What variables may be; null if nothing is said. */
  inputs: Schema | null;
  /** What Lambda is asked for as long as nobody says otherwise. */
  lambda: {function: string; bucket: string; workers: number};
  renders: Render[];
  console: {text: string; warning: boolean}[];
}

export interface Timeline {
  pictures: {name: string; kind: 'image' | 'video'; spans: [number, number][]}[];
  sounds: {name: string; span: [number, number]; time: number; rate: number; volume: number}[];
  segments: {first: number; frames: number; cached: boolean; fresh: boolean; milliseconds: number}[];
}

/** Something that is probably wrong with the film. */
export interface Finding {
  rule: string;
  severity: 'warning' | 'note';
  message: string;
  node: string | null;
  place: Place | null;
  firstFrame: number | null;
  lastFrame: number | null;
  hint: string;
  others: number;
}

export interface NodeFacts {
  key: string;
  class: string;
  depth: number;
  corners: [number, number][];
  size: [number, number];
  own?: [number, number][];
  opacity: number;
  properties: {name: string; value: string; initial: boolean}[];
  lines?: string[];
  place: Place | null;
}

/** The studio whose page this is. */
export const studio = new Connection(new URL('api/', document.baseURI));

/** The address under which an editor opens a place. */
export function editorLink(root: string, place: Place): string {
  const file = place.file.startsWith('/') ? place.file : `${root}/${place.file}`;
  return `vscode://file${encodeURI(file)}:${place.line}:${place.column}`;
}

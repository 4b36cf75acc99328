/** A Buffer, where the types of Node are installed; without them what it is anyway. */
export type NodeBuffer = typeof globalThis extends {Buffer: {alloc(size: number): infer B}} ? B : Uint8Array;

/** A Readable of Node, as far as it can be told without Node's types. */
export interface NodeReadable extends AsyncIterable<NodeBuffer> {
  pipe<T>(destination: T, options?: {end?: boolean}): T;
  on(event: string, listener: (...values: any[]) => void): this;
  destroy(error?: Error): this;
}

/** A place in one of the project's own files. */
export interface Place {
  /** Below the project's root where possible. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
  /** The text of the line. */
  code: string | null;
  function: string | null;
}

/** A mistake of a project. */
export interface Diagnostic {
  message: string;
  place: Place | null;
  /** The calls that led there, innermost first. */
  stack: Place[];
  hints: string[];
}

export type KinoraErrorCode =
  | 'KINORA_BINARY'
  | 'KINORA_CLOSED'
  | 'KINORA_DIED'
  | 'KINORA_INTERRUPTED'
  | 'KINORA_OPTION'
  | 'KINORA_PROJECT'
  | 'KINORA_TOOL';

/** What all functions reject with, but for the reason of an aborted signal. */
export class KinoraError extends Error {
  readonly name: 'KinoraError';
  readonly code: KinoraErrorCode;
  /** Where the project is at fault. */
  readonly place?: Place;
  readonly hints?: string[];
  /** All mistakes of the project that were found. */
  readonly diagnostics?: Diagnostic[];
  readonly exitCode?: number;
  /** The signal that ended the program. */
  readonly signal?: string;
}

/** How far a render is. */
export interface Progress {
  stage: 'record' | 'render' | 'assemble';
  /** From 0 to 1; 0 until the length is known. */
  progress: number;
  /** Frames that are finished. */
  frames: number;
  /** Null until the length is known. */
  totalFrames: number | null;
  recordedFrames: number;
  renderedFrames: number;
  cachedFrames: number;
  fps: number;
  secondsLeft: number | null;
  /** Seconds since the beginning. */
  elapsed: number;
}

/** Something that the program says besides. */
export interface Log {
  level: 'warning' | 'note';
  message: string;
}

/** How the names of files end that are written. */
export type Ending =
  | 'mp4' | 'm4v' | 'fmp4' | 'm3u8' | 'webm' | 'mov' | 'gif' | 'apng' | 'webp' | 'png' | 'jpg' | 'jpeg' | 'avif'
  | 'wav' | 'mp3' | 'm4a' | 'opus' | 'ogg' | 'flac';

export type Exporter =
  | {name: '@revideo/core/wasm'}
  | {name: '@revideo/core/ffmpeg'; options: {format: 'mp4' | 'webm' | 'proRes'}}
  /** A file for each picture, in a folder that is called as `outFile` is without its ending. */
  | {
      name: '@revideo/core/image-sequence';
      options?: {
        fileType?: 'png' | 'jpeg' | 'webp' | 'image/png' | 'image/jpeg' | 'image/webp';
        /** Of JPEG and WebP, up to 100. */
        quality?: number;
        groupByScene?: false;
      };
    };

/** What replaces a project's own settings. */
export interface ProjectSettings {
  /** Seconds, from and up to. */
  range?: [number, number | null] | {from?: number; to?: number};
  background?: string | null;
  size?: {x: number; y: number} | {width: number; height: number} | [number, number];
  exporter?: Exporter;
  fps?: number;
  resolutionScale?: number;
  /** Has no effect. */
  colorSpace?: string;
}

/** A number of seconds, or with a unit: `30s`, `5m`, `1h`. */
export type Time = number | string;
/** A number of bytes, or with a unit: `512M`, `2G`. */
export type Bytes = number | string;

/** What all functions take that run a project. */
export interface CommonSettings {
  projectSettings?: ProjectSettings;
  /** The folder that holds `public/`. */
  root?: string;
  /** What the script takes for the present. */
  now?: Date | string | number;
  /** Fetch nothing. */
  offline?: boolean;
  /** Fetch only URLs that begin so. */
  allowUrls?: string[];
  /** Keep a stranger's project in its folder and off private addresses. */
  untrusted?: boolean;
  /** Use the fonts of this machine too, which another may not have. */
  systemFonts?: boolean;
  onShader?: 'error' | 'ignore';
  /** What becomes of a video or sound that is missing or cannot be read on; `error` by default. */
  onMissing?: 'error' | 'hold' | 'black';
  maxDuration?: Time;
  maxFrameTime?: Time;
  maxWait?: Time;
  maxMemory?: Bytes;
  maxStack?: Bytes;
  /** Pixels, or `8192x8192`. */
  maxPicture?: number | string;
  /** Where downloads and finished segments are kept. */
  cacheDir?: string;
  cacheSize?: Bytes;
  /** Hears warnings and what scenes log; by default they go to standard error. */
  onLog?: (log: Log) => void;
}

/** How a video is rendered. */
export interface RenderSettings extends CommonSettings {
  /** Default `video.mp4`; its ending tells the format. */
  outFile?: `${string}.${Ending}`;
  /** Default `./output`. */
  outDir?: string;
  /** Threads; one for each processor by default. */
  workers?: number;
  /** Print how far each worker is, once a second. */
  logProgress?: boolean;
  /** Called as it goes, for each worker, from 0 to 1. */
  progressCallback?: (worker: number, progress: number) => void;
  /** Whatever `outFile` is called: `mp4`, `webm`, `mov`, `gif` and so on. */
  format?: string;
  /** Of the pictures, where the format holds several: `h264`, `hevc`, `av1`, `vp9`, `prores`, `prores-422`. */
  codec?: string;
  /** Constant rate factor, 0 best. */
  crf?: number;
  /** Bits a second of the pictures instead of `crf`, such as `2.5M`. */
  bitrate?: number | string;
  preset?: string;
  pixelFormat?: 'yuv420p' | 'yuv422p' | 'yuv444p' | 'yuv420p10' | 'yuv422p10' | 'yuv444p10';
  /** Encode frames that are like the one before as all others, in H.264 and VP9. */
  constantEncode?: boolean;
  /** Of JPEG and WebP, up to 100. */
  quality?: number;
  /** How often an animated picture plays; 0 without end. */
  loops?: number;
  /** Bits a second of the sound, such as `192k`. */
  audioBitrate?: number | string;
  noAudio?: boolean;
  /** Encode also where a film shows nothing but videos as they are, which are copied by default. */
  noCopy?: boolean;
  /** How loud the film is to be, in LUFS, such as -14. */
  loudness?: number;
  /** By what all sound is made louder or quieter, 0 to 10. */
  volume?: number;
  /** Keep the sound below -1 dBTP also between samples. */
  truePeak?: boolean;
  /** What becomes of a film with a broken video or sound file in it; `warn` by default. */
  onDamaged?: 'warn' | 'error';
  /** What the file says that it is called. */
  title?: string;
  /** Tell the project's scenes as chapters, in MP4, MOV, WebM and M4A. */
  chapters?: boolean;
  /** Also write the frame that is on at this second to a JPEG file beside the film. */
  thumbnail?: number;
  segmentSeconds?: number;
  /** A file for figures about the render. */
  stats?: string;
  /** False: neither take segments from the cache nor keep them there. */
  cache?: boolean;
  /** Does nothing here: there is no browser. */
  puppeteer?: unknown;
  /** Does nothing here: there is no Vite. */
  viteBasePort?: number;
  /** Does nothing here: there is no Vite. */
  viteConfig?: unknown;
  /** Does nothing here: there is no Vite. */
  viteServerOptions?: unknown;
  /** Does nothing here: FFmpeg's libraries are part of the program. */
  ffmpeg?: unknown;
}

export interface ProjectProps {
  /** The file whose default export is the project. */
  projectFile: string;
  /** Written as JSON. */
  variables?: Record<string, unknown>;
  settings?: CommonSettings;
  /** Ends the work; the promise is rejected with its reason. */
  signal?: AbortSignal;
}

export interface RenderVideoProps extends ProjectProps {
  settings?: RenderSettings;
  onProgress?: (progress: Progress) => void;
}

export interface RenderPartialVideoProps extends RenderVideoProps {
  /** Which worker this is, from 0. */
  workerId: number;
  numWorkers: number;
}

/** A frame: by its number, or the one that is on at a time in seconds. */
export type WhichFrame = {frame: number; time?: undefined} | {time: number; frame?: undefined};

/** A frame's pixels: red, green, blue and opacity, not premultiplied, rows without gaps. */
export interface RawFrame {
  frame: number;
  width: number;
  height: number;
  data: NodeBuffer;
}

export interface Inspection {
  fps: number;
  width: number;
  height: number;
  background: string;
  frames: number;
  firstFrame: number;
  seconds: number;
  now: string;
  scenes: {name: string; firstFrame: number; frames: number}[];
  assets: {
    name: string;
    kind: 'image' | 'video' | 'audio' | 'font';
    id: string;
    shown: [number, number] | null;
    heard: [number, number] | null;
  }[];
  fonts: {family: string; id: string}[];
  urls: {url: string; bytes: number; kept: boolean}[];
  variables: {name: string; default: unknown}[];
  segments: {firstFrame: number; frames: number; hash: string}[];
}

/** A project that was opened once, for many frames. */
export interface Project {
  /** A frame as a PNG file with transparency. */
  renderFrame(frame: number): Promise<NodeBuffer>;
  renderFrame(wanted: WhichFrame & {as?: 'png'}): Promise<NodeBuffer>;
  renderFrame(wanted: WhichFrame & {as: 'rgba'}): Promise<RawFrame>;
  inspect(): Promise<Inspection>;
  /** Ends the program behind it, once it has answered. */
  close(): Promise<void>;
}

/** Renders a project to a file and gives the file's path. */
export function renderVideo(props: RenderVideoProps): Promise<string>;
/** Renders one worker's share of a project: a silent video and its sound. */
export function renderPartialVideo(props: RenderPartialVideoProps): Promise<{audioFile: string; videoFile: string}>;
/** A video of a batch: its figures, or why it could not be made. */
export type BatchRow = {output: string; seconds: number} & (
  | {stats: {frames: number; segments: number; cacheHits: number; copied: number; bytes: number; [more: string]: unknown}; error?: undefined}
  | {error: KinoraError; stats?: undefined}
);

export interface RenderBatchProps extends ProjectProps {
  /** A video for each, of these variables over `variables`. */
  rows: Record<string, unknown>[];
  /** Called as each is made. */
  onRow?: (row: BatchRow, index: number) => void;
  /** `outFile` is a pattern, by default `{row}.mp4`: names of variables, and the row's number from 1. */
  settings?: Omit<RenderSettings, 'cache' | 'logProgress' | 'progressCallback' | 'segmentSeconds' | 'stats'>;
}

/** Renders a video for each row; one that fails does not stop the rest. */
export function renderBatch(props: RenderBatchProps): Promise<BatchRow[]>;
/** One frame of a project as a PNG file in memory. */
export function renderFrame(props: ProjectProps & WhichFrame & {as?: 'png'}): Promise<NodeBuffer>;
/**
 * Renders a project to a stream of MP4 in fragments, which plays while it grows. `format`, `outFile` and
 * `outDir` are no settings of it. A reader that goes away ends the render.
 */
export function renderStream(props: RenderVideoProps): NodeReadable;
/** One frame of a project as its pixels. */
export function renderFrame(props: ProjectProps & WhichFrame & {as: 'rgba'}): Promise<RawFrame>;
/** What a project is made of, without rendering it. */
export function inspect(props: ProjectProps): Promise<Inspection>;
/** Opens a project, so that many frames of it can be had at little cost. */
export function openProject(props: ProjectProps): Promise<Project>;
/** The path of the program that does the work. */
export function binaryPath(): string;

export type AudioCodec = 'aac' | 'libopus';

/** What can be done with media files: the functions of `@kinora/ffmpeg`. */
export const media: {
  /** Joins files of one kind without encoding them again: MP4, QuickTime or WAV. URLs are fetched first. */
  concatenateMedia(files: string[], outputFile: string): Promise<void>;
  /** Puts a sound and the pictures of a video together in an MP4 or QuickTime file. */
  mergeAudioWithVideo(audioPath: string, videoPath: string, outputPath: string, audioCodec?: AudioCodec): Promise<void>;
  createSilentAudioFile(filePath: string, seconds: number): Promise<string>;
  getVideoDuration(filePath: string): Promise<number>;
  getVideoDimensions(filePath: string): Promise<{width: number; height: number}>;
  getVideoCodec(filePath: string): Promise<string>;
  getVideoMetadata(filePath: string): Promise<{width: number; height: number; fps: number; duration: number; codec: string}>;
  checkForAudioStream(filePath: string): Promise<boolean>;
  getSampleRate(filePath: string): Promise<number>;
  doesFileExist(filePath: string): Promise<boolean>;
  makeSureFolderExists(filePath: string): Promise<void>;
  resolvePath(output: string, assetPath: string): string;
  mergeMedia(outputFilename: string, outputDir: string, tempDir: string, format: 'mp4' | 'webm' | 'proRes'): Promise<void>;
};

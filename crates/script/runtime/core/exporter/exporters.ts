import type {CanvasOutputMimeType} from '../types/Canvas';
import {unavailable} from '../utils/unavailable';

const INSTEAD = "name the exporter in the project's `settings.rendering.exporter`; the host encodes the film";

/** A place that frames go to. */
export interface Exporter {
  start?(): Promise<void>;
  handleFrame(...args: unknown[]): Promise<void>;
  stop?(...args: unknown[]): Promise<void>;
}

/** A kind of exporter. */
export interface ExporterClass {
  readonly id: string;
  readonly displayName: string;
  create(...args: any[]): Promise<Exporter>;
}

/** Options of the exporter that writes through ffmpeg. */
export interface FfmpegExporterOptions {
  format: 'mp4' | 'webm' | 'proRes';
}

/** Options of the exporter that writes single pictures. */
export interface ImageExporterOptions {
  quality: number;
  fileType: CanvasOutputMimeType;
  groupByScene: boolean;
}

/** Names the exporter that writes through ffmpeg in the reference. */
export class FFmpegExporterClient {
  public static readonly id = '@revideo/core/ffmpeg';
  public static readonly displayName = 'Video (FFmpeg)';

  public static async create(..._args: unknown[]): Promise<never> {
    return unavailable('FFmpegExporterClient', INSTEAD);
  }

  public constructor(..._args: unknown[]) {
    unavailable('FFmpegExporterClient', INSTEAD);
  }
}

/** Names the exporter that writes H.264 in the browser in the reference. */
export class WasmExporter {
  public static readonly id = '@revideo/core/wasm';
  public static readonly displayName = 'Video (Wasm)';

  public static async create(..._args: unknown[]): Promise<never> {
    return unavailable('WasmExporter', INSTEAD);
  }

  public constructor(..._args: unknown[]) {
    unavailable('WasmExporter', INSTEAD);
  }
}

/** Names the exporter that writes single pictures in the reference. */
export class ImageExporter {
  public static readonly id = '@revideo/core/image-sequence';
  public static readonly displayName = 'Image sequence';

  public static async create(..._args: unknown[]): Promise<never> {
    return unavailable('ImageExporter', INSTEAD);
  }

  public constructor(..._args: unknown[]) {
    unavailable('ImageExporter', INSTEAD);
  }
}

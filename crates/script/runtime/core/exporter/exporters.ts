import {unavailable} from '../utils/unavailable';

const INSTEAD = "name the exporter in the project's `settings.rendering.exporter`; the host encodes the film";

/** A place that frames go to. */
export interface Exporter {
  start?(): Promise<void>;
  handleFrame(...args: unknown[]): Promise<void>;
  stop?(...args: unknown[]): Promise<void>;
}

/** Names the exporter that writes through ffmpeg in the reference. */
export class FFmpegExporterClient {
  public static readonly id = '@revideo/core/ffmpeg';
  public static readonly displayName = 'Video (FFmpeg)';

  public constructor(..._args: unknown[]) {
    unavailable('FFmpegExporterClient', INSTEAD);
  }
}

/** Names the exporter that writes H.264 in the browser in the reference. */
export class WasmExporter {
  public static readonly id = '@revideo/core/wasm';
  public static readonly displayName = 'Video (Wasm)';

  public constructor(..._args: unknown[]) {
    unavailable('WasmExporter', INSTEAD);
  }
}

/** Names the exporter that writes single pictures in the reference. */
export class ImageExporter {
  public static readonly id = '@revideo/core/image-sequence';
  public static readonly displayName = 'Image sequence';

  public constructor(..._args: unknown[]) {
    unavailable('ImageExporter', INSTEAD);
  }
}

/** A place that frames go to. */
export interface Exporter {
    start?(): Promise<void>;
    handleFrame(...args: unknown[]): Promise<void>;
    stop?(...args: unknown[]): Promise<void>;
}
/** Names the exporter that writes through ffmpeg in the reference. */
export declare class FFmpegExporterClient {
    static readonly id = "@revideo/core/ffmpeg";
    static readonly displayName = "Video (FFmpeg)";
    constructor(..._args: unknown[]);
}
/** Names the exporter that writes H.264 in the browser in the reference. */
export declare class WasmExporter {
    static readonly id = "@revideo/core/wasm";
    static readonly displayName = "Video (Wasm)";
    constructor(..._args: unknown[]);
}
/** Names the exporter that writes single pictures in the reference. */
export declare class ImageExporter {
    static readonly id = "@revideo/core/image-sequence";
    static readonly displayName = "Image sequence";
    constructor(..._args: unknown[]);
}

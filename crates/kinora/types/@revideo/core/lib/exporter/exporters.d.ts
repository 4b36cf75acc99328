import type { CanvasOutputMimeType } from '../types/Canvas';
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
export declare class FFmpegExporterClient {
    static readonly id = "@revideo/core/ffmpeg";
    static readonly displayName = "Video (FFmpeg)";
    static create(..._args: unknown[]): Promise<never>;
    constructor(..._args: unknown[]);
}
/** Names the exporter that writes H.264 in the browser in the reference. */
export declare class WasmExporter {
    static readonly id = "@revideo/core/wasm";
    static readonly displayName = "Video (Wasm)";
    static create(..._args: unknown[]): Promise<never>;
    constructor(..._args: unknown[]);
}
/** Names the exporter that writes single pictures in the reference. */
export declare class ImageExporter {
    static readonly id = "@revideo/core/image-sequence";
    static readonly displayName = "Image sequence";
    static create(..._args: unknown[]): Promise<never>;
    constructor(..._args: unknown[]);
}

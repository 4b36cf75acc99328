export type AudioCodec = 'aac' | 'libopus';
export type LogLevel = 'quiet' | 'panic' | 'fatal' | 'error' | 'warning' | 'info' | 'verbose' | 'debug' | 'trace';
export declare const extensions: {
    readonly mp4: "mp4";
    readonly webm: "webm";
    readonly proRes: "mov";
};
export declare const audioCodecs: Record<keyof typeof extensions, AudioCodec>;
/** Joins files of the same kind, without encoding again, into `outputFile`. */
export declare function concatenateMedia(files: string[], outputFile: string): Promise<void>;
/** Writes a silent sound file of `seconds`. */
export declare function createSilentAudioFile(filePath: string, seconds: number): Promise<string>;
/** Puts a sound and a silent video together in `outputPath`. */
export declare function mergeAudioWithVideo(audioPath: string, videoPath: string, outputPath: string, audioCodec?: AudioCodec): Promise<void>;
/** Seconds that a media file lasts. */
export declare function getVideoDuration(filePath: string): Promise<number>;
/** Width and height of a video in pixels. */
export declare function getVideoDimensions(filePath: string): Promise<{
    width: number;
    height: number;
}>;
/** Whether a media file can be heard. */
export declare function checkForAudioStream(filePath: string): Promise<boolean>;
/** Samples a second of a media file's sound. */
export declare function getSampleRate(filePath: string): Promise<number>;
/** Whether a file exists. */
export declare function doesFileExist(filePath: string): Promise<boolean>;
/** Settings of the reference's FFmpeg programs; there are none to set here. */
export declare const ffmpegSettings: {
    getFfmpegPath: () => string;
    getFfprobePath: () => string;
    getLogLevel: () => LogLevel;
    setFfmpegPath: (_: string) => undefined;
    setFfprobePath: (_: string) => undefined;
    setLogLevel: (_: LogLevel) => undefined;
};
export declare const getVideoCodec: () => never;
export declare const getVideoMetadata: () => never;
export declare const generateAudio: () => never;
export declare const mergeMedia: () => never;
export declare const resolvePath: () => never;
export declare const makeSureFolderExists: () => never;
/** A part of the reference's browser renderer. */
export declare class FFmpegExporterServer {
    constructor();
}
/** A part of the reference's browser renderer. */
export declare class VideoFrameExtractor {
    constructor();
}

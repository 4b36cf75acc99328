import type {AudioCodec, media} from 'kinora';

export type {AudioCodec} from 'kinora';
export type LogLevel = 'quiet' | 'panic' | 'fatal' | 'error' | 'warning' | 'info' | 'verbose' | 'debug' | 'trace';

type Media = typeof media;

export const checkForAudioStream: Media['checkForAudioStream'];
export const concatenateMedia: Media['concatenateMedia'];
export const createSilentAudioFile: Media['createSilentAudioFile'];
export const doesFileExist: Media['doesFileExist'];
export const getSampleRate: Media['getSampleRate'];
export const getVideoCodec: Media['getVideoCodec'];
export const getVideoDimensions: Media['getVideoDimensions'];
export const getVideoDuration: Media['getVideoDuration'];
export const getVideoMetadata: Media['getVideoMetadata'];
export const makeSureFolderExists: Media['makeSureFolderExists'];
export const mergeAudioWithVideo: Media['mergeAudioWithVideo'];
export const mergeMedia: Media['mergeMedia'];
export const resolvePath: Media['resolvePath'];

export const extensions: {readonly mp4: 'mp4'; readonly webm: 'webm'; readonly proRes: 'mov'};
export const audioCodecs: {readonly mp4: AudioCodec; readonly webm: AudioCodec; readonly proRes: AudioCodec};

/** Settings of ffmpeg programs. They are kept and do nothing. */
export interface FfmpegSettings {
  getFfmpegPath(): string;
  getFfprobePath(): string;
  getLogLevel(): LogLevel;
  setFfmpegPath(path: string): void;
  setFfprobePath(path: string): void;
  setLogLevel(level: LogLevel): void;
}
export const ffmpegSettings: FfmpegSettings;

/** A part of the reference's browser renderer; it throws. */
export function generateAudio(...args: unknown[]): Promise<never>;
/** A part of the reference's browser renderer; it throws. */
export class FFmpegExporterServer {
  constructor(...args: unknown[]);
}
/** A part of the reference's browser renderer; it throws. */
export class VideoFrameExtractor {
  constructor(...args: unknown[]);
}

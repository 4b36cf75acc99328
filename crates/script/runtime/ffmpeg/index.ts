export type AudioCodec = 'aac' | 'libopus';
export type LogLevel = 'quiet' | 'panic' | 'fatal' | 'error' | 'warning' | 'info' | 'verbose' | 'debug' | 'trace';

export const extensions = {mp4: 'mp4', webm: 'webm', proRes: 'mov'} as const;
export const audioCodecs: Record<keyof typeof extensions, AudioCodec> = {mp4: 'aac', webm: 'libopus', proRes: 'aac'};

/** Joins files of the same kind, without encoding again, into `outputFile`. */
export async function concatenateMedia(files: string[], outputFile: string): Promise<void> {
  call('concatenateMedia', files, outputFile);
}

/** Writes a silent sound file of `seconds`. */
export async function createSilentAudioFile(filePath: string, seconds: number): Promise<string> {
  call('createSilentAudioFile', filePath, seconds);
  return filePath;
}

/** Puts a sound and a silent video together in `outputPath`. */
export async function mergeAudioWithVideo(
  audioPath: string,
  videoPath: string,
  outputPath: string,
  audioCodec: AudioCodec = 'aac',
): Promise<void> {
  call('mergeAudioWithVideo', audioPath, videoPath, outputPath, audioCodec);
}

/** Seconds that a media file lasts. */
export async function getVideoDuration(filePath: string): Promise<number> {
  return call('getVideoDuration', filePath) as number;
}

/** Width and height of a video in pixels. */
export async function getVideoDimensions(filePath: string): Promise<{width: number; height: number}> {
  return call('getVideoDimensions', filePath) as {width: number; height: number};
}

/** Whether a media file can be heard. */
export async function checkForAudioStream(filePath: string): Promise<boolean> {
  return call('checkForAudioStream', filePath) as boolean;
}

/** Samples a second of a media file's sound. */
export async function getSampleRate(filePath: string): Promise<number> {
  return call('getSampleRate', filePath) as number;
}

/** How a video's pictures are compressed, such as `h264`. */
export async function getVideoCodec(filePath: string): Promise<string> {
  return call('getVideoCodec', filePath) as string;
}

/** What is known of a video. */
export async function getVideoMetadata(
  filePath: string,
): Promise<{width: number; height: number; fps: number; duration: number; codec: string}> {
  return call('getVideoMetadata', filePath) as {
    width: number;
    height: number;
    fps: number;
    duration: number;
    codec: string;
  };
}

/** Whether a file exists. */
export async function doesFileExist(filePath: string): Promise<boolean> {
  return call('doesFileExist', filePath) as boolean;
}

/** Settings of the reference's FFmpeg programs; there are none to set here. */
export const ffmpegSettings = {
  getFfmpegPath: () => 'ffmpeg',
  getFfprobePath: () => 'ffprobe',
  getLogLevel: (): LogLevel => 'error',
  setFfmpegPath: (_: string) => undefined,
  setFfprobePath: (_: string) => undefined,
  setLogLevel: (_: LogLevel) => undefined,
};

function absent(name: string): () => never {
  return () => {
    throw new Error(`\`${name}\` of @revideo/ffmpeg is not available here`);
  };
}

export const generateAudio: () => never = absent('generateAudio');
export const mergeMedia: () => never = absent('mergeMedia');
export const resolvePath: () => never = absent('resolvePath');
export const makeSureFolderExists: () => never = absent('makeSureFolderExists');

/** A part of the reference's browser renderer. */
export class FFmpegExporterServer {
  constructor() {
    absent('FFmpegExporterServer')();
  }
}

/** A part of the reference's browser renderer. */
export class VideoFrameExtractor {
  constructor() {
    absent('VideoFrameExtractor')();
  }
}

function call(name: string, ...args: unknown[]): unknown {
  const media = (__kinora as {media?: (name: string, args: string) => string}).media;
  if (!media) {
    throw new Error(`${name} cannot be called while a film is recorded: call it from a script run with \`kinora run\``);
  }
  return JSON.parse(media(name, JSON.stringify(args)));
}

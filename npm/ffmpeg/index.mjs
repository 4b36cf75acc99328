import ffmpeg from './index.js';

export const {
  FFmpegExporterServer,
  VideoFrameExtractor,
  audioCodecs,
  checkForAudioStream,
  concatenateMedia,
  createSilentAudioFile,
  doesFileExist,
  extensions,
  ffmpegSettings,
  generateAudio,
  getSampleRate,
  getVideoCodec,
  getVideoDimensions,
  getVideoDuration,
  getVideoMetadata,
  makeSureFolderExists,
  mergeAudioWithVideo,
  mergeMedia,
  resolvePath,
} = ffmpeg;

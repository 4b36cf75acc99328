'use strict';

const {media} = require('kinora');

const extensions = {mp4: 'mp4', webm: 'webm', proRes: 'mov'};
const audioCodecs = {mp4: 'aac', webm: 'libopus', proRes: 'aac'};

/** Settings of ffmpeg programs. They are kept and do nothing: the libraries are part of Kinora's program. */
const kept = {
  ffmpegPath: process.env.FFMPEG_PATH ?? 'ffmpeg',
  ffprobePath: process.env.FFPROBE_PATH ?? 'ffprobe',
  logLevel: process.env.FFMPEG_LOG_LEVEL ?? 'error',
};
const ffmpegSettings = {
  getFfmpegPath: () => kept.ffmpegPath,
  getFfprobePath: () => kept.ffprobePath,
  getLogLevel: () => kept.logLevel,
  setFfmpegPath: path => {
    kept.ffmpegPath = path;
  },
  setFfprobePath: path => {
    kept.ffprobePath = path;
  },
  setLogLevel: level => {
    kept.logLevel = level;
  },
};

function absent(name) {
  throw new Error(`\`${name}\` of @revideo/ffmpeg is a part of its browser renderer and has no meaning here`);
}

async function generateAudio() {
  absent('generateAudio');
}

class FFmpegExporterServer {
  constructor() {
    absent('FFmpegExporterServer');
  }
}

class VideoFrameExtractor {
  constructor() {
    absent('VideoFrameExtractor');
  }
}

module.exports = {...media, FFmpegExporterServer, VideoFrameExtractor, audioCodecs, extensions, ffmpegSettings, generateAudio};

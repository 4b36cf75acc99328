'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const {Readable} = require('node:stream');
const {pipeline} = require('node:stream/promises');

const {run} = require('./child.js');
const {KinoraError, wrongOption} = require('./error.js');
const {shown} = require('./options.js');

/** Has the program do one of the things with media files that it can. */
async function call(name, ...args) {
  return JSON.parse(await run(['media', 'call', name, JSON.stringify(args)]));
}

function isText(name, value) {
  if (typeof value !== 'string' || value === '') {
    throw wrongOption(`\`${name}\` must be the path of a file, got \`${shown(value)}\``);
  }
}

/** Joins files of one kind, without encoding them again, into `outputFile`; URLs are fetched first. */
async function concatenateMedia(files, outputFile) {
  if (!Array.isArray(files)) {
    throw wrongOption(`\`files\` must be a list of paths and URLs, got \`${shown(files)}\``);
  }
  files.forEach(file => isText('files', file));
  isText('outputFile', outputFile);
  await withLocal(files, local => call('concatenateMedia', local, outputFile));
}

/** Puts a sound and a video together in `outputPath`; the pictures are not encoded again. */
async function mergeAudioWithVideo(audioPath, videoPath, outputPath, audioCodec = 'aac') {
  isText('audioPath', audioPath);
  isText('videoPath', videoPath);
  isText('outputPath', outputPath);
  await withLocal([audioPath, videoPath], ([audio, video]) => call('mergeAudioWithVideo', audio, video, outputPath, audioCodec));
}

/** Writes a silent WAV file. */
async function createSilentAudioFile(filePath, seconds) {
  isText('filePath', filePath);
  await call('createSilentAudioFile', filePath, seconds);
  return filePath;
}

function asking(name) {
  return async filePath => {
    isText('filePath', filePath);
    return call(name, filePath);
  };
}

async function doesFileExist(filePath) {
  return fs.promises.access(filePath).then(
    () => true,
    () => false,
  );
}

async function makeSureFolderExists(filePath) {
  await fs.promises.mkdir(path.dirname(filePath), {recursive: true});
}

/** Where an asset of a project lies: beside the output folder, in `public`. */
function resolvePath(output, assetPath) {
  return isUrl(assetPath) || assetPath.startsWith('data:') ? assetPath : path.join(output, '../public', assetPath);
}

/** Puts `audio.wav` of a temporary folder and the pictures there together; without sound, these alone. */
async function mergeMedia(outputFilename, outputDir, tempDir, format) {
  const ending = {mp4: 'mp4', webm: 'webm', proRes: 'mov'}[format];
  const folder = path.join(os.tmpdir(), tempDir);
  const output = path.join(outputDir, `${outputFilename}.${ending}`);
  const [audio, video] = [path.join(folder, 'audio.wav'), path.join(folder, `visuals.${ending}`)];
  await makeSureFolderExists(output);
  if (await doesFileExist(audio)) {
    await mergeAudioWithVideo(audio, video, output, format === 'webm' ? 'libopus' : 'aac');
  } else {
    await fs.promises.copyFile(video, output);
  }
}

function isUrl(text) {
  return /^https?:\/\//i.test(text);
}

/** Does `work` with files of this machine: those that are URLs are fetched for it. */
async function withLocal(files, work) {
  if (!files.some(isUrl)) {
    return work(files);
  }
  const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'kinora-media-'));
  try {
    const local = [];
    for (const [index, file] of files.entries()) {
      local.push(isUrl(file) ? await fetched(file, path.join(folder, `${index}${path.extname(new URL(file).pathname)}`)) : file);
    }
    return await work(local);
  } finally {
    await fs.promises.rm(folder, {recursive: true, force: true});
  }
}

async function fetched(url, file) {
  const answer = await fetch(url).catch(cause => {
    throw new KinoraError('KINORA_TOOL', `\`${url}\` cannot be fetched: ${cause.cause?.message ?? cause.message}`, {cause});
  });
  if (!answer.ok) {
    throw new KinoraError('KINORA_TOOL', `\`${url}\` cannot be fetched: the server answered ${answer.status}`);
  }
  await pipeline(Readable.fromWeb(answer.body), fs.createWriteStream(file));
  return file;
}

module.exports = {
  checkForAudioStream: asking('checkForAudioStream'),
  concatenateMedia,
  createSilentAudioFile,
  doesFileExist,
  getSampleRate: asking('getSampleRate'),
  getVideoCodec: asking('getVideoCodec'),
  getVideoDimensions: asking('getVideoDimensions'),
  getVideoDuration: asking('getVideoDuration'),
  getVideoMetadata: asking('getVideoMetadata'),
  makeSureFolderExists,
  mergeAudioWithVideo,
  mergeMedia,
  resolvePath,
};

'use strict';

const path = require('node:path');

const {wrongOption} = require('./error.js');
const {nearest} = require('./near.js');

/** Options of a browser, which there is none of. */
const UNUSED = ['puppeteer', 'viteBasePort', 'viteConfig', 'viteServerOptions', 'ffmpeg'];

/** Kinds of values: whether one is right, and what it should be. */
const KINDS = {
  text: [value => typeof value === 'string' && value !== '', 'a text'],
  flag: [value => typeof value === 'boolean', 'true or false'],
  number: [value => Number.isFinite(value), 'a number'],
  count: [value => Number.isInteger(value) && value >= 0, 'a whole number, at least 0'],
  positive: [value => Number.isInteger(value) && value >= 1, 'a whole number, at least 1'],
  time: [value => typeof value === 'string' || (Number.isFinite(value) && value > 0), 'seconds, or a text such as `30s` or `5m`'],
  bytes: [value => typeof value === 'string' || (Number.isInteger(value) && value > 0), 'a number of bytes, or a text such as `512M`'],
  rate: [value => typeof value === 'string' || (Number.isInteger(value) && value > 0), 'bits a second, such as 128000, `128k` or `2.5M`'],
  texts: [value => Array.isArray(value) && value.every(one => typeof one === 'string'), 'a list of texts'],
  moment: [value => value instanceof Date || ['string', 'number'].includes(typeof value), 'a Date, a text such as `2026-03-01T09:30:00Z`, or milliseconds since 1970'],
  call: [value => typeof value === 'function', 'a function'],
  record: [value => typeof value === 'object' && value !== null && !Array.isArray(value), 'an object'],
};

/** What the settings that the command has too are called there, and their kinds. */
const OF_PROJECT = {
  allowUrls: ['--allow-url', 'texts'],
  maxDuration: ['--max-duration', 'time'],
  maxFrameTime: ['--max-frame-time', 'time'],
  maxMemory: ['--max-memory', 'bytes'],
  maxPicture: ['--max-picture', 'bytes'],
  maxStack: ['--max-stack', 'bytes'],
  maxWait: ['--max-wait', 'time'],
  now: ['--now', 'moment'],
  offline: ['--offline', 'flag'],
  onMissing: ['--on-missing', 'text'],
  onShader: ['--on-shader', 'text'],
  root: ['--root', 'text'],
  systemFonts: ['--system-fonts', 'flag'],
  untrusted: ['--untrusted', 'flag'],
};
const OF_ENCODING = {
  audioBitrate: ['--audio-bitrate', 'rate'],
  bitrate: ['--bitrate', 'rate'],
  chapters: ['--chapters', 'flag'],
  codec: ['--codec', 'text'],
  constantEncode: ['--constant-encode', 'flag'],
  crf: ['--crf', 'number'],
  format: ['--format', 'text'],
  loops: ['--loop', 'count'],
  loudness: ['--loudness', 'number'],
  noAudio: ['--no-audio', 'flag'],
  noCopy: ['--no-copy', 'flag'],
  onDamaged: ['--on-damaged', 'text'],
  pixelFormat: ['--pixel-format', 'text'],
  preset: ['--preset', 'text'],
  quality: ['--quality', 'number'],
  title: ['--title', 'text'],
  truePeak: ['--true-peak', 'flag'],
  volume: ['--volume', 'number'],
  workers: ['--workers', 'positive'],
};
const OF_RENDER = {
  segmentSeconds: ['--segment-seconds', 'number'],
  stats: ['--stats', 'text'],
  thumbnail: ['--thumbnail', 'number'],
};
/** Settings that the command has not. */
const OTHER = {
  cache: 'flag',
  cacheDir: 'text',
  cacheSize: 'bytes',
  logProgress: 'flag',
  onLog: 'call',
  outDir: 'text',
  outFile: 'text',
  progressCallback: 'call',
  projectSettings: 'record',
};
const SETTINGS = [OF_PROJECT, OF_ENCODING, OF_RENDER, OTHER].flatMap(Object.keys).concat(UNUSED);

const PROJECT_SETTINGS = ['background', 'colorSpace', 'exporter', 'fps', 'range', 'resolutionScale', 'size'];

const EXTENSIONS = {mp4: 'mp4', webm: 'webm', proRes: 'mov'};

/** The exporter that makes a file for each picture, and the endings of its files. */
const IMAGE_SEQUENCE = '@revideo/core/image-sequence';
const PICTURES = {png: 'png', jpeg: 'jpg', jpg: 'jpg', webp: 'webp'};

/** Something that was passed, as messages show it. */
function shown(value) {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function check(name, kind, value) {
  const [is, wanted] = KINDS[kind];
  if (!is(value)) {
    throw wrongOption(`\`${name}\` must be ${wanted}, got \`${shown(value)}\``);
  }
}

/** Refuses names that mean nothing. */
function checkNames(where, given, known) {
  for (const name of Object.keys(given)) {
    if (!known.includes(name) && given[name] !== undefined) {
      const near = nearest(name, known);
      throw wrongOption(`${where} has no option \`${name}\`${near ? `; did you mean \`${near}\`?` : ''}`);
    }
  }
}

let noticed = false;

/** Says once that options of a browser do nothing. */
function notice(settings) {
  const given = UNUSED.filter(name => settings[name] !== undefined);
  if (given.length > 0 && !noticed) {
    noticed = true;
    const names = given.map(name => `\`${name}\``).join(', ');
    process.emitWarning(`Kinora renders without a browser, Vite and ffmpeg programs: ${names} ${given.length > 1 ? 'do' : 'does'} nothing`, {
      type: 'KinoraWarning',
      code: 'KINORA_UNUSED',
    });
  }
}

/**
 * What was passed to a function, checked: `props` has the names `own` beside those that all
 * functions have.
 */
function read(where, props, own = []) {
  if (typeof props !== 'object' || props === null) {
    throw wrongOption(`${where} takes an object of options, got \`${shown(props)}\``);
  }
  checkNames(where, props, ['projectFile', 'variables', 'settings', 'signal', ...own]);
  const {projectFile, settings = {}, signal, variables} = props;
  if (projectFile === undefined) {
    throw wrongOption(`${where} needs \`projectFile\`, the path of the file that exports the project`);
  }
  check('projectFile', 'text', projectFile);
  if (signal !== undefined && !(typeof signal === 'object' && signal !== null && 'aborted' in signal)) {
    throw wrongOption('`signal` must be an AbortSignal');
  }
  check('settings', 'record', settings);
  checkNames('settings', settings, SETTINGS);
  notice(settings);
  for (const [names, kindOf] of [[OF_PROJECT, row => row[1]], [OF_ENCODING, row => row[1]], [OF_RENDER, row => row[1]], [OTHER, row => row]]) {
    for (const [name, row] of Object.entries(names)) {
      if (settings[name] !== undefined) {
        check(name, kindOf(row), settings[name]);
      }
    }
  }
  const project = settings.projectSettings ?? {};
  checkNames('projectSettings', project, PROJECT_SETTINGS);
  return {
    file: projectFile.startsWith('-') ? `./${projectFile}` : projectFile,
    project,
    settings,
    signal,
    variables: variablesText(variables),
  };
}

/** The variables as the program reads them. */
function variablesText(variables) {
  if (variables === undefined || variables === null) {
    return undefined;
  }
  check('variables', 'record', variables);
  try {
    return JSON.stringify(variables);
  } catch (error) {
    throw wrongOption(`\`variables\` cannot be written as JSON: ${error.message}`);
  }
}

/** Arguments for settings that the command has under other names. */
function flags(table, settings) {
  const args = [];
  for (const [name, [flag, kind]] of Object.entries(table)) {
    const value = settings[name];
    if (value === undefined || value === false) {
      continue;
    }
    if (kind === 'flag') {
      args.push(flag);
    } else if (kind === 'texts') {
      args.push(...value.map(one => `${flag}=${one}`));
    } else {
      args.push(`${flag}=${value instanceof Date ? value.getTime() : value}`);
    }
  }
  return args;
}

function pair(name, value, names) {
  const list = Array.isArray(value) ? value : names.map(([a, b]) => [value?.[a], value?.[b]]).find(two => two.some(one => one !== undefined));
  if (list?.length === 2) {
    return list;
  }
  throw wrongOption(`\`${name}\` must be two numbers, got \`${shown(value)}\``);
}

/** Arguments for what replaces the project's own settings. */
function projectFlags({background, fps, range, resolutionScale, size}) {
  const args = [];
  if (size !== undefined && size !== null) {
    const [width, height] = pair('size', size, [['x', 'y'], ['width', 'height']]);
    args.push(`--size=${width}x${height}`);
  }
  if (range !== undefined && range !== null) {
    const open = side => (side === null || side === undefined || side === Infinity ? '' : side);
    const [from, to] = pair('range', range, [[0, 1], ['from', 'to'], ['start', 'end']]);
    args.push(`--range=${open(from)}:${open(to)}`);
  }
  if (background !== undefined && background !== null) {
    check('background', 'text', background);
    args.push(`--background=${background}`);
  }
  if (fps !== undefined && fps !== null) {
    args.push(`--fps=${fps}`);
  }
  if (resolutionScale !== undefined && resolutionScale !== null) {
    args.push(`--scale=${resolutionScale}`);
  }
  return args;
}

/** Arguments that every command with a project has, the file first. */
function projectArgs({file, project, settings, variables}) {
  const read = variables === undefined ? [] : ['--variables=-'];
  return [file, ...projectFlags(project), ...flags(OF_PROJECT, settings), ...read];
}

/** Arguments of how pictures are encoded, and by whom. */
function encodingArgs({project, settings}) {
  const {exporter} = project;
  const {quality} = exporter?.options ?? {};
  const exported = exporter?.name === IMAGE_SEQUENCE && quality !== undefined && pictures(exporter) !== 'png' ? {quality} : {};
  return [...flags(OF_ENCODING, {...exported, ...settings}), ...(settings.cache === false ? ['--no-cache'] : [])];
}

/** How files of the exporter of pictures end. */
function pictures({options}) {
  const kind = options?.fileType ?? 'png';
  const ending = PICTURES[String(kind).replace(/^image\//, '')];
  if (ending === undefined) {
    throw wrongOption(`the exporter's \`fileType\` is \`png\`, \`jpeg\` or \`webp\`, got \`${shown(kind)}\``);
  }
  if (options?.groupByScene === true) {
    throw wrongOption('pictures are numbered through the whole film; `groupByScene` is not known');
  }
  return ending;
}

function renderArgs({settings}) {
  return flags(OF_RENDER, settings);
}

/** What the program finds in its environment besides. */
function environment({settings}) {
  const env = {};
  if (settings.cacheDir !== undefined) {
    env.KINORA_CACHE_DIR = path.resolve(settings.cacheDir);
  }
  if (settings.cacheSize !== undefined) {
    env.KINORA_CACHE_SIZE = String(settings.cacheSize);
  }
  return env;
}

/** The name of the file to write, or the pattern of its pictures' files, by the rules of the reference. */
function outFile({project, settings}) {
  const exporter = project.exporter;
  const format = exporter?.options?.format;
  if (exporter !== undefined && (typeof exporter !== 'object' || exporter === null || typeof exporter.name !== 'string')) {
    throw wrongOption(`\`exporter\` must be an object with a \`name\`, got \`${shown(exporter)}\``);
  }
  if (exporter?.name === IMAGE_SEQUENCE) {
    const {name} = path.parse(settings.outFile ?? 'video.mp4');
    return path.join(name, `%06d.${pictures(exporter)}`);
  }
  if (format !== undefined && !Object.hasOwn(EXTENSIONS, format)) {
    throw wrongOption(`the format \`${shown(format)}\` is none of ${Object.keys(EXTENSIONS).map(one => `\`${one}\``).join(', ')}`);
  }
  const name = settings.outFile ?? `video.${EXTENSIONS[format ?? 'mp4']}`;
  const ending = path.extname(name).slice(1);
  if (exporter?.name === '@revideo/core/wasm' && ending !== 'mp4') {
    throw wrongOption(`the exporter \`@revideo/core/wasm\` writes .mp4 files, and \`outFile\` is \`${name}\``);
  }
  if (format !== undefined && ending !== EXTENSIONS[format]) {
    throw wrongOption(`the format \`${format}\` is written to .${EXTENSIONS[format]} files, and \`outFile\` is \`${name}\``);
  }
  return name;
}

module.exports = {check, encodingArgs, environment, outFile, projectArgs, read, renderArgs, shown, variablesText};

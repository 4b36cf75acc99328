'use strict';

const fs = require('node:fs');
const path = require('node:path');

const {KinoraError} = require('./error.js');

/** The name of this machine as platform packages have it: `linux-x64-gnu`. */
function platform() {
  const name = `${process.platform}-${process.arch}`;
  return process.platform === 'linux' ? `${name}-${isMusl() ? 'musl' : 'gnu'}` : name;
}

function isMusl() {
  const {report} = process;
  if (!report) {
    return false;
  }
  const before = report.excludeNetwork;
  report.excludeNetwork = true;
  const {header} = report.getReport();
  report.excludeNetwork = before;
  return !header.glibcVersionRuntime;
}

let found;

/**
 * The path of the program: what KINORA_BINARY says, else what the platform's package holds.
 * Looked for once.
 */
function binaryPath() {
  const own = process.env.KINORA_BINARY;
  if (own) {
    if (!isFile(own)) {
      throw new KinoraError('KINORA_BINARY', `KINORA_BINARY names \`${own}\`, which is not a file`);
    }
    return path.resolve(own);
  }
  found ??= installed();
  return found;
}

function installed() {
  const name = `@kinora/${platform()}`;
  let folder;
  try {
    folder = path.dirname(require.resolve(`${name}/package.json`));
  } catch {
    throw new KinoraError('KINORA_BINARY', missing(name), {package: name});
  }
  const file = path.join(folder, 'bin', process.platform === 'win32' ? 'kinora.exe' : 'kinora');
  if (!isFile(file)) {
    throw new KinoraError('KINORA_BINARY', `the package \`${name}\` is installed, but \`${file}\` is not there`);
  }
  return file;
}

function missing(name) {
  const {optionalDependencies = {}} = require('../package.json');
  const known = Object.keys(optionalDependencies);
  const lines = [`the package \`${name}\`, which holds Kinora's program for this machine, is not installed`];
  if (known.includes(name)) {
    lines.push(
      'It is an optional dependency of `kinora`. The usual causes:',
      '- the lockfile or node_modules was made on another system: delete both and install again',
      '- optional dependencies were left out (`--no-optional`, `--omit=optional`): install without that',
    );
  } else {
    lines.push(`Kinora is packed for ${known.map(one => `\`${one}\``).join(', ') || 'no machine yet'}, not for this one.`);
  }
  lines.push('A program built from source is used if the environment variable KINORA_BINARY names it.');
  return lines.join('\n');
}

function isFile(file) {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

module.exports = {binaryPath, platform};

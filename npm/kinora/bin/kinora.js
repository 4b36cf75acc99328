#!/usr/bin/env node
'use strict';

const {spawn} = require('node:child_process');

const {binaryPath} = require('../lib/binary.js');

let file;
try {
  file = binaryPath();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(2);
}
const child = spawn(file, process.argv.slice(2), {stdio: 'inherit'});
// The terminal sends Ctrl-C to both; this one waits for the other to clean up.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', error => {
  console.error(`error: cannot start \`${file}\`: ${error.message}`);
  process.exit(2);
});
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exit(code);
  }
});

#!/usr/bin/env node
// Packs the packages, installs them in an empty folder from a registry on loopback, and
// runs the tests there: npm/test/run BINARY [TOOLS_DIR]
// TOOLS_DIR holds in its node_modules what scripts/ci-tools puts there; without one, what these
// tests need is installed first. They need Debian's `awscli` too.
import {execFileSync, spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

import {serve} from './registry.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const {platform} = (await import('../kinora/lib/binary.js')).default;

const NEEDED = ['typescript@5.9.3', '@aws-sdk/client-lambda@3.1164.0', '@aws-sdk/client-s3@3.1164.0', '@sparticuz/chromium@123.0.1', '@types/node@22.10.0'];
const [binary, tools] = process.argv.slice(2);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'kinora-npm-'));
let code = 1;
try {
  const packed = path.join(work, 'packed');
  execFileSync(path.join(here, '../pack'), [packed, `${platform()}=${binary}`], {stdio: 'inherit'});
  for (const name of fs.readdirSync(packed).filter(name => name.endsWith('.tgz'))) {
    console.log(`${name}: ${(fs.statSync(path.join(packed, name)).size / 1e6).toFixed(2)} MB`);
  }
  const typescript = path.resolve(tools ?? path.join(work, 'tools'));
  if (!tools) {
    fs.mkdirSync(typescript);
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', typescript, ...NEEDED]);
  }
  const registry = await serve(packed);
  // The tests install from the registry themselves, in folders of their own.
  const tests = ['install', 'render', 'misuse', 'lambda'].map(name => path.join(here, `${name}.test.mjs`));
  const child = spawn(process.execPath, ['--test', '--test-concurrency=2', ...tests], {
    stdio: 'inherit',
    env: {
      ...process.env,
      KINORA_BINARY: '',
      KINORA_TEST_REGISTRY: registry.address,
      KINORA_TEST_WORK: work,
      KINORA_TEST_BINARY: path.resolve(binary),
      KINORA_TEST_TSC: path.join(typescript, 'node_modules/.bin'),
    },
  });
  code = await new Promise(resolve => child.on('exit', resolve));
  registry.end();
} finally {
  fs.rmSync(work, {recursive: true, force: true});
}
process.exitCode = code ?? 1;

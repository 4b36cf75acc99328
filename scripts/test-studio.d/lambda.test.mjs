// The studio's renders on AWS Lambda, which the emulator plays on loopback.
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';

import {SOURCE, browser, pageOf, projectOf, studioOf} from './bench.mjs';

const {KINORA, KINORA_SCREENSHOTS} = process.env;

/** What AWS's own chain of settings may say on this machine is not looked at. */
const NOBODY = Object.fromEntries(
  Object.keys(process.env)
    .filter(name => name.startsWith('AWS_') || name === 'REVIDEO_BUCKET_NAME')
    .map(name => [name, undefined]),
);

/** Lambda and S3 on this machine: the environment to use them, and how they end. */
async function emulator() {
  const child = spawn(KINORA, ['lambda', 'emulate', '--port', '0', '--no-limits', '--concurrency', '3'], {stdio: ['ignore', 'pipe', 'ignore']});
  process.on('exit', () => child.kill('SIGKILL'));
  const told = await new Promise(resolve => {
    let text = '';
    child.stdout.on('data', part => {
      text += part;
      if (text.includes('Ctrl-C ends it all')) resolve(text);
    });
  });
  const env = Object.fromEntries([...told.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  const ended = new Promise(resolve => child.on('exit', resolve));
  return {env, end: () => (child.kill('SIGINT'), ended)};
}

describe('renders on Lambda', {timeout: 300_000}, () => {
  let chromium, cloud, folder;

  before(async () => {
    chromium = await browser();
    cloud = await emulator();
    folder = projectOf('lambda', {'src/project.tsx': SOURCE});
  });

  after(async () => {
    await chromium?.close();
    await cloud?.end();
  });

  async function ask(page, output) {
    await page.keyboard.press('d');
    await page.fill('#render-output', output);
    await page.check('#render-lambda');
  }

  it('tells a price before, the cost after, and gives what this machine would give', async () => {
    const studio = await studioOf(folder, {env: {...NOBODY, ...cloud.env}});
    const {page, check} = await pageOf(chromium, studio.url);
    try {
      await ask(page, 'out/cloud.mp4');
      assert.equal(await page.inputValue('#render-form [name=function]'), 'kinora');
      assert.equal(await page.inputValue('#render-form [name=bucket]'), 'kinora');
      await page.fill('#render-form [name=workers]', '2');
      const price = page.locator('#render-price');
      await price.filter({hasText: /About \$0\.0\d{3} and [\d.]+ s with 2 functions/}).waitFor();
      assert.match(await price.innerText(), /told from 61 of 61 frames.*2026-11/);
      if (KINORA_SCREENSHOTS) await page.screenshot({path: path.join(KINORA_SCREENSHOTS, 'lambda.png')});
      await page.click('#render-start');
      await page.waitForSelector('#renders li.done', {timeout: 120_000});
      const told = await page.locator('#renders li.done').innerText();
      assert.match(told, /\(Lambda\)/);
      assert.match(told, /61 frames/);
      assert.match(told, /About \$0\.0\d{3}: 2 functions, [\d.]+ GB-seconds/);
      execFileSync(KINORA, ['render', 'src/project.tsx', '-o', 'out/here.mp4', '--no-cache', '--progress', 'none'], {cwd: folder});
      const [there, here] = ['cloud', 'here'].map(name => fs.readFileSync(path.join(folder, `out/${name}.mp4`)));
      assert.ok(there.equals(here));
      check();
    } finally {
      await studio.end();
    }
  });

  it('cancels', async () => {
    const long = projectOf('lambda-long', {'src/project.tsx': SOURCE.replace('x(200, 2)', 'x(200, 400)')});
    const studio = await studioOf(long, {env: {...NOBODY, ...cloud.env}});
    const {page, check} = await pageOf(chromium, studio.url);
    try {
      await ask(page, 'out/long.mp4');
      await page.click('#render-start');
      await page.waitForSelector('#renders li.working');
      await page.click('#renders li.working button');
      await page.waitForSelector('#renders li.stopped', {timeout: 60_000});
      assert.ok(!fs.existsSync(path.join(long, 'out/long.mp4')));
      check();
    } finally {
      await studio.end();
    }
  });

  it('says what is missing', async () => {
    const home = path.join(folder, 'nobody');
    const nobody = {...NOBODY, HOME: home, AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'eu-central-1'};
    const studio = await studioOf(folder, {env: nobody});
    const {page, check} = await pageOf(chromium, studio.url);
    try {
      await ask(page, 'out/none.mp4');
      await page.fill('#render-form [name=bucket]', '');
      await page.click('#render-start');
      await page.waitForSelector('#render-error:has-text("`bucket` is not given")');
      await page.fill('#render-form [name=bucket]', 'films');
      await page.click('#render-start');
      await page.waitForSelector('#renders li.failed:has-text("no AWS credentials are set")', {timeout: 60_000});
      assert.ok(!fs.existsSync(path.join(folder, 'out/none.mp4')));
      check();
    } finally {
      await studio.end();
    }
  });
});
